"""A learner at work: a term that explains itself, a wrong try, then a right one."""

from lifcore.exercises.worked import yours

STEP = yours("02")["02.step"]
CELLS = "jupyterapp.shell.currentWidget.content.widgets"
WRITE = f"""([old, source]) => {CELLS}.map(cell => cell.model.sharedModel)
    .find(model => model.getSource().startsWith(old)).setSource(source)"""


def test_a_term_tells_its_meaning_and_leads_to_its_place(light, opened):
    page = opened(light, "02_spike.ipynb")
    link = page.page.locator(".jp-Notebook a", has_text="weight").first
    link.scroll_into_view_if_needed()
    assert link.get_attribute("title") == "w in mV: the jump of V that one input spike causes."
    link.click()
    place = page.page.locator(".jp-MarkdownViewer h2", has_text="Weight")
    place.wait_for(timeout=60_000)
    page.page.wait_for_function(
        """heading => { const top = heading.getBoundingClientRect().top; return top > 0 && top < 500; }""",
        arg=place.element_handle(),
    )


def test_a_wrong_try_is_answered_and_a_right_one_is_used(light, opened):
    page = opened(light, "02_spike.ipynb")
    wrong = STEP.stub.replace("return v", "return v_inf + (v + kick - v_inf) * decay")
    for source, said, runs in (
        (STEP.stub, "○ not yet answered: As given V stays where it is", "Ours runs from here, until yours"),
        (wrong, "✗ not right: Your input leaks at once.", "Ours runs from here, until yours"),
        (STEP.ours, "✓ right (second try): Decay toward v_inf", "Your function runs from here."),
    ):
        page.page.evaluate(WRITE, ["def my_step", f'{source}\n\n\ncheck("02.step", my_step)'])
        page.run_all()
        box = page.page.locator(".jp-OutputArea [role=status]", has_text=said)
        box.wait_for(timeout=120_000)
        assert box.evaluate("e => getComputedStyle(e).borderLeftWidth") == "8px"
        page.page.locator(".jp-OutputArea pre", has_text=runs).first.wait_for()
        assert page.errors() == []
    page.shoot("learner")
