import gzip

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse

from alliance_portal.compression import CompressionMiddleware

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


def answered(response: HttpResponseBase, rf: RequestFactory) -> HttpResponseBase:
    return CompressionMiddleware(lambda request: response)(rf.get("/", headers=BROWSER))


@pytest.mark.django_db
def test_a_page_goes_out_compressed(client: Client) -> None:
    address = reverse("account_login")
    answer = client.get(address, headers=BROWSER)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    page = gzip.decompress(answer.content)
    assert len(answer.content) < len(page) / 2
    assert b"csrfmiddlewaretoken" in page


@pytest.mark.django_db
def test_who_cannot_read_it_gets_it_plain(client: Client) -> None:
    assert "Content-Encoding" not in client.get(reverse("account_login"))


def test_two_answers_with_the_same_words_differ_in_length(rf: RequestFactory) -> None:
    lengths = {len(answered(HttpResponse("word " * 100), rf).content) for _ in range(20)}  # type: ignore[attr-defined]
    assert len(lengths) > 1


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "application/octet-stream"])
def test_files_are_sent_as_they_are(rf: RequestFactory, kind: str) -> None:
    assert "Content-Encoding" not in answered(HttpResponse(b"0" * 1000, content_type=kind), rf)


def test_a_streamed_file_is_sent_as_it_is(rf: RequestFactory, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "list.csv").write_text("1,2\n" * 500)
    with (tmp_path / "list.csv").open("rb") as file:
        answer = answered(FileResponse(file), rf)
        assert "Content-Encoding" not in answer
        assert answer["Content-Length"] == "2000"
