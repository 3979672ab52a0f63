"""Which acts are affairs of public life: sentences whose act is kept as an event, and sentences that hold none."""

import pytest

from dateline.evaluate.base import Line
from test_events import record_of

KEPT = [
    ("a state and another", "Norway expelled two Russian diplomats on Monday.", "SANCTION"),
    ("police and somebody whom the report only calls by a name", "siddiqui was picked up by police from his house in delhi.", "COERCE"),
    ("an arrest that nobody is named for", "Two editors were arrested in Minsk.", "COERCE"),
    ("force beside a word of violence", "A bomb killed nine people at a market in Quetta.", "ASSAULT"),
    ("a word that tells of the act by itself", "The minister condemned the attack on the port.", "ACCUSE"),
    ("a warning with what will happen", "General Okafor warned that Benin will pay for the raid.", "THREATEN"),
    ("an appeal for something", "The president appealed to the rebels for calm.", "REQUEST"),
    ("prisoners are freed", "The government of Chad released nine rebels on Monday.", "RETREAT"),
    ("on a day that is named, one side is enough", "The ministry of Chad appealed for calm on 3 May 2019.", "REQUEST"),
    ("an official acts, nobody else is named", "President Idris Deby ordered a summit with rebels.", "CONSULT"),
    ("who did it, nobody says", "Editor Maria Lopez was sued in Lima.", "ACCUSE"),
    ("another word, on a day that is named", "The judge questioned the witnesses on 3 May 2019.", "ACCUSE"),
    ("a crowd that is nobody's voters", "Nurses walked out in protest in Lima.", "PROTEST"),
    ("fighters of a named front", "Fighters of the Northern Front captured the town of Kerada on Monday.", "ASSAULT"),
    ("police search a house", "Police in Chad searched the house of Senator Ruiz on Monday.", "COERCE"),
]

LEFT_OUT = [
    ("private life", "Maria asked her husband to sell the boat."),
    ("a firm's business", "The retailer agreed to buy its rival for two billion dollars."),
    ("an accident", "A flood killed nine people in the valley."),
    ("an animal", "Rangers shot the bear that had killed forty sheep."),
    ("a game", "The striker attacked the goal and beat the keeper in the final."),
    ("a figure of speech", "Rising rents have hit young families hard."),
    ("shot back", "The minister shot back at Senator Ruiz that he was tired."),
    ("fired from a post", "The firing of the campaign manager came after nine dead soldiers were buried."),
    ("killed, but a bill", "Senators killed the bill on the army in a vote on Friday."),
    ("met, but a demand", "Senator Ruiz met the requirements for the office of the president."),
    ("released, but papers", "The ministry of Chad released its emails to the senator."),
    ("a press release", "Seven children fell ill, said a press release from the government of Chad and the police."),
    ("pressed, but a weapon", "Officer Marta Ruiz pressed his weapon into the back of President Deby."),
    ("shared, but a likeness", "President Deby shares little with President Ruiz."),
    ("an appeal that is popularity", "The appeal of Senator Ruiz to young voters of the party is great."),
    ("a warning of what is so", "The minister warned that nobody wins the vote without the farmers of the party."),
    ("an answer in a poll", "In the poll, 40 percent of Republicans supported the senator."),
    ("an opinion shared", "The minister agreed with Senator Ruiz."),
    ("private life, on a day that is named", "Maria Lopez met Jorge Diaz on 3 May 2019."),
    ("support for nobody", "The government of Chad gives financial support."),
    ("a candidate's rally", "Senator Ruiz held a rally in Lima on Monday."),
    ("no troops", "Senator Ruiz put the losses of the army at nine."),
    ("what is no person", "The new drug arrested the decline of the bees."),
    ("released, but software", "The ministry of Chad released a new version of its map on Monday."),
    ("hit, but the road", "President Deby and General Okafor hit the campaign trail on Monday."),
    ("a danger, not a menace in words", "The threat from the Islamic State worries President Deby."),
    ("an audience that listens", "Senator Ruiz spoke on Monday before an audience of the party."),
    ("searched, but for a thing", "The ministry of Chad searched for the lost recorders on Monday."),
    ("charged, but a price", "The ministry charged the party 40,000 dollars for the hall."),
    ("hails from", "Senator Ruiz, who hails from Lima, met nobody."),
    ("a showing of strength", "The vote was another demonstration of how divided the party is."),
    ("made clear", "The government of Chad made clear to Kenya on Monday that it has no plans."),
    ("a habit", "Police usually arrest the drivers in Lima."),
    ("a firm's business", "The Rovers airline reached a deal with the Norda company on 3 May 2019."),
    ("a slower economy", "The economic slowdown in China worries the party."),
]


@pytest.mark.parametrize(("text", "kind"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_affairs_of_public_life_are_kept(line: Line, text: str, kind: str) -> None:
    assert kind in {e.type for e in record_of(line, text).events}


@pytest.mark.parametrize("text", [case[1] for case in LEFT_OUT], ids=[case[0] for case in LEFT_OUT])
def test_other_acts_are_no_events(line: Line, text: str) -> None:
    assert [(e.type, text[e.trigger.start : e.trigger.end]) for e in record_of(line, text).events if e.type] == []
