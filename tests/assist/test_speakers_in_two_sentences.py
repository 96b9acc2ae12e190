from annotator.assist.speakers import finder


def test_a_quotation_belongs_to_whom_its_own_sentence_names() -> None:
    text = "Lanner Water, which runs the dam, denied it. “No gate was moved,” Odile Farrant, a spokeswoman, told us."
    start = text.index("No gate")
    found = finder("en").find(text, start, start + len("No gate was moved"))
    assert found is not None
    assert found.name == "Odile Farrant"
