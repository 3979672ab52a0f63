"""How real an act is: the sentence with the act's word marked, the status, and the words that decide it. Made-up sentences."""

import pytest

from dateline.evaluate.base import Line
from dateline.records import Analysis, Fields, Paragraph, Span
from dateline.resolve.status import status_of

CASES = [
    ("Troops {attacked} the town.", "actual", ""),
    ("Finance minister {quits} over memo; opposition demands early vote", "actual", ""),
    ("The king spoke at a rally to {mark} the anniversary.", "actual", ""),
    ("The ministers met to {discuss} the plan.", "actual", ""),
    ("The ministers will meet to {discuss} the plan.", "planned", "will"),
    ("The soldier used a knife to {kill} the guard.", "actual", ""),
    ("The army was not {attacking} only the port.", "actual", ""),
    ("The army was not only {attacking} the port.", "actual", ""),
    ("Senators rejected the {deal} reached by the ministers.", "actual", ""),
    ("The king offered condolences for the {attack} on the port.", "actual", ""),
    ("Why did the army {attack} the port?", "actual", ""),
    ("The king offered the families {condolences}.", "actual", ""),
    ("The king called the chancellor to {thank} him.", "actual", ""),
    ("Thousands stood before the palace to {demand} free elections.", "actual", ""),
    ("The mourners stayed until they were {driven} away by guards.", "actual", ""),
    ("A farmer was shot on Sunday, the fourth to be {killed} this year.", "actual", ""),
    ("The envoy urged police to free the men {jailed} in May.", "actual", ""),
    ("The island held its first free {election} in ten years.", "actual", ""),
    ("The ministry declined a {request} from the bank.", "actual", ""),
    ("The council should not {confirm} the judge.", "hypothetical", "should"),
    ("It was not clear whether the port could not {block} the ship.", "hypothetical", "whether could"),
    ("If they had stayed, the army would not have {attacked} the port.", "hypothetical", "would"),
    ("The army never would have {attacked} the port.", "negated", "never"),
    ("Not a {shot} was fired.", "negated", "Not"),
    ("The minister had neither {resigned} nor been fired.", "negated", "neither"),
    ("The minister had neither resigned nor been {fired}.", "negated", "nor"),
    ("The county has yet to {comply}.", "negated", "yet"),
    ("The church stopped short of {defrocking} the priest.", "negated", "short"),
    ("Troops did not {attack} the town.", "negated", "not"),
    ("The king is not ready to {sign} a treaty.", "negated", "not"),
    ("The union talked rather than {attacking} the minister.", "negated", "rather"),
    ("The minister has not come forward to {defend} the general.", "negated", "not"),
    ("The army never {attacked} the village.", "negated", "never"),
    ("Nobody {attacked} the convoy.", "negated", "Nobody"),
    ("No {attack} took place.", "negated", "No"),
    ("There will no longer be {war} on this coast.", "negated", "longer"),
    ("Neither Norway nor Chad {paid} the ransom.", "negated", "neither nor"),
    ("The summit ended without an {agreement}.", "negated", "without"),
    ("The two sides failed to {sign} a treaty.", "negated", "failed"),
    ("The president cancelled a {visit} to Rome.", "negated", "cancelled"),
    ("The court refused to {release} the editor.", "negated", "refused"),
    ("The army prevented rebels from {attacking} the dam.", "negated", "prevented"),
    ("The army has not begun to {withdraw}.", "negated", "not"),
    ("They have no intention of {giving} up the islands.", "negated", "no"),
    ("A {strike} was averted.", "negated", "averted"),
    ("He ruled out {talks} with the rebels.", "negated", "ruled"),
    ("The general did not fail to {attack}.", "actual", ""),
    ("Troops will {attack} the town at dawn.", "planned", "will"),
    ("The minister plans to {visit} Oslo.", "planned", "plans"),
    ("The prime minister is set to {meet} the queen on Monday.", "planned", "set"),
    ("She said the army would {withdraw} next week.", "planned", "would"),
    ("Ministers will meet and {sign} a treaty.", "planned", "will"),
    ("The {talks} will resume on Friday.", "planned", "will"),
    ("The planned {visit} was welcomed.", "planned", "planned"),
    ("Ahead of {talks} in Geneva, both armies dug in.", "planned", "ahead"),
    ("A plan to {deploy} troops was dropped.", "planned", "plan"),
    ("The new cabinet is to be {sworn} in on Monday.", "planned", "is"),
    ("The group remains committed to {attacking} the port.", "planned", "committed"),
    ("Chad to {send} troops to Mali", "planned", "to"),
    ("The army will take the town with {strikes} from the air.", "planned", "will"),
    ("She spoke two weeks before voters {decide} on the plan.", "planned", "before"),
    ("Rebels threatened to {attack} the port.", "threatened", "threatened"),
    ("She warned of {strikes} against the port.", "threatened", "warned"),
    ("Police could {arrest} him.", "hypothetical", "could"),
    ("If troops {attack} the town, people will flee.", "hypothetical", "if"),
    ("The army would {withdraw} if a deal were struck.", "hypothetical", "would"),
    ("The union called for a {strike}.", "hypothetical", "called"),
    ("Norway urged Chad to {release} the editor.", "hypothetical", "urged"),
    ("He flew there to {meet} the king.", "hypothetical", "to"),
    ("He will leave if the army does not {attack} the port.", "hypothetical", "if"),
    ("Did the army {attack} the port?", "hypothetical", "?"),
    ("They see the importance of {attacking} the port.", "hypothetical", "importance"),
    ("It is unlikely that the army will {attack}.", "hypothetical", "unlikely"),
    ("He called for the bases to be {hit} hard.", "hypothetical", "called"),
    ("A {refusal} means a freeze of ties.", "hypothetical", "means"),
    ("It is not known whether the army {fired} on them.", "hypothetical", "whether"),
    ("The governor would not leave until troops {withdraw}.", "hypothetical", "until"),
    ("He was accused of {killing} two farmers.", "alleged", "accused"),
    ("The brigade is said to have {shot} three guards.", "alleged", "said"),
    ("The rebels have said that troops {shot} three guards.", "actual", ""),
    ("Officers allegedly {beat} the man.", "alleged", "allegedly"),
    ("Police arrested a man suspected of {bombing} the station.", "alleged", "suspected"),
    ("The general denied {ordering} the raid.", "alleged", "denied"),
    ("Officials believed that the army {shelled} the camp.", "alleged", "believed"),
    ("They may have {killed} the guard.", "alleged", "may"),
    ("the alleged {torture} of prisoners", "alleged", "alleged"),
    ("They condemned the {attack} on the market.", "actual", ""),
    ("The envoy urged Chad to stop the {shelling}.", "actual", ""),
    ("They demanded an end to the {siege}.", "actual", ""),
    ("Both sides reached an {agreement}.", "actual", ""),
    ("He said rebels {shelled} the town.", "actual", ""),
    ("Police opened fire, {killing} two men.", "actual", ""),
    ("Police were forced to {fire}.", "actual", ""),
    ("The man, who was {arrested} on Monday, was freed.", "actual", ""),
    ("The king {refused} to sign.", "actual", ""),
]


@pytest.mark.parametrize(("marked", "status", "by"), CASES, ids=[case[0] for case in CASES])
def test_status(line: Line, marked: str, status: str, by: str) -> None:
    text, at = marked.replace("{", "").replace("}", ""), marked.index("{")
    a = analysed(line, text)
    found, tokens = status_of(a, a.start.index(at), line.codebook.status)
    assert found == status
    assert set(by.casefold().split()) <= {a.lower[i] for i in tokens}


def test_a_refusal_is_a_fact_unless_it_is_past_or_thought_of(line: Line) -> None:
    """The type of a refusal is read from its negation, which then says nothing against it."""
    for text, status in (
        ("Oslo will not release the men.", "actual"),
        ("Oslo would not release the men.", "hypothetical"),
        ("Oslo did not release the men.", "negated"),
    ):
        a = analysed(line, text)
        assert status_of(a, a.lower.index("release"), line.codebook.status, refusal=True)[0] == status


def analysed(line: Line, text: str) -> Analysis:
    return line.analyser.analyse(text, Fields(language="en", body=(Paragraph(span=Span(0, len(text))),)))
