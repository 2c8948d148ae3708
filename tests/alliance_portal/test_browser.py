import pytest
from playwright.sync_api import Page


@pytest.mark.browser
def test_the_browser_reaches_the_live_server(page: Page) -> None:
    response = page.goto("/health/live")
    assert response.ok
    assert response.json() == {"status": "ok"}
