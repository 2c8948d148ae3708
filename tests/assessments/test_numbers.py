import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.numbers import MAX_DECIMALS, MAX_DIGITS, NotANumber, input_text, parse_number
from suppliers import localization

LANGUAGES = ["en", "km", "th", "vi"]
# Fifteen digits, many of them before the point.
LARGEST = 999999999999.999
whole = st.integers(0, 10**MAX_DIGITS - 1)
# Numbers as they are stored: at most six decimals, fifteen digits in all.
decimal = st.tuples(st.integers(0, 10**9 - 1), st.integers(0, 10**MAX_DECIMALS - 1)).map(
    lambda p: float(f"{p[0]}.{p[1]:06d}")
) | st.just(LARGEST)


def refusal(typed: str | float, language: str = "en") -> str:
    """Why it is not a number; "" if it is one."""
    try:
        parse_number(typed, language)
    except NotANumber as error:
        return error.code
    return ""


@given(value=whole | decimal, language=st.sampled_from(LANGUAGES))
def test_what_stands_in_an_input_reads_as_the_same_number(value: float, language: str) -> None:
    assert parse_number(input_text(value, language), language) == value


@given(value=whole | decimal, language=st.sampled_from(LANGUAGES))
def test_a_number_that_a_script_sends_is_taken_as_it_is(value: float, language: str) -> None:
    assert parse_number(value, language) == value


@given(value=whole | decimal, language=st.sampled_from(LANGUAGES))
def test_a_number_copied_from_a_page_reads_as_the_same_number(value: float, language: str) -> None:
    shown = localization.number(value, language)
    # Three decimals alone could be a group of thousands, to whoever writes the other way.
    assert refusal(shown, language) == "ambiguous_number" or parse_number(shown, language) == value


@given(typed=st.text(max_size=30), language=st.sampled_from(LANGUAGES))
def test_any_text_is_a_number_or_refused_with_a_known_reason(typed: str, language: str) -> None:
    assert refusal(typed, language) in ("", "not_a_number", "ambiguous_number", "too_many_digits")


@given(value=st.floats() | st.integers() | st.booleans())
def test_no_number_that_json_can_carry_upsets_the_reader(value: float) -> None:
    assert refusal(value) in ("", "not_a_number", "too_many_digits")


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("1250", "en", 1250),
        ("1,250", "en", 1250),
        ("1.250", "vi", 1250),
        ("1,250", "km", 1250),
        ("1,250,000", "th", 1250000),
        ("1.250.000", "vi", 1250000),
        ("1.250,5", "vi", 1250.5),
        ("1,250.5", "en", 1250.5),
        ("1.250,5", "en", 1250.5),
        ("12,5", "vi", 12.5),
        ("12.5", "vi", 12.5),
        ("0,125", "en", 0.125),
        ("១២៥០", "km", 1250),
        ("๑,๒๕๐", "th", 1250),
        (" 1 250 ", "vi", 1250),
        ("−3", "en", -3),
        (",5", "vi", 0.5),
        ("0012", "en", 12),
        ("2.50", "en", 2.5),
        ("3.0", "en", 3),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, language: str, value: float) -> None:
    found = parse_number(typed, language)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("typed", "language"), [("1.250", "en"), ("1,250", "vi"), ("1.250", "km"), ("12.345", "th")])
def test_what_can_be_read_in_two_ways_is_not_guessed(typed: str, language: str) -> None:
    assert refusal(typed, language) == "ambiguous_number"


@pytest.mark.parametrize(
    "typed", ["", "-", ".", "about 5", "5 kg", "1.2.3", "1,2,3", "1,25,000", "1.250,5,5", "5-3", "1e5"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refusal(typed) == "not_a_number"


@pytest.mark.parametrize("typed", ["1234567890123456", "0.1234567", "123456789012.1234"])
def test_more_digits_than_are_kept_exactly_are_refused(typed: str) -> None:
    assert refusal(typed) == "too_many_digits"
