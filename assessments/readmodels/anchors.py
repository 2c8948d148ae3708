"""Where on a page a question stands."""


def anchor_of(code: str) -> str:
    """The id of a question's block, without the # of an address."""
    return "q-" + code.replace(".", "-")
