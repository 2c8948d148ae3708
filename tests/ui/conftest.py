from tests.ui.section_page import open_section

__all__ = ["open_section"]
