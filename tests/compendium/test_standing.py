"""Sentences of a summary can be read without what stands around them in their paper."""

from __future__ import annotations

import pytest

from wgsearch.compendium.standing import standing

ALONE = (
    "Recruitment fees charged to workers turn into debt before the first day of work.",
    "Article 3 of the Protocol names three elements, which have to be proved one by one.",
    "Those who meet workers at the airport are often the last to speak with them in private.",
    "There are inspectors who have never seen the contract of a domestic worker in their life.",
    "“Nobody asked me” is what former victims say most often about their first interview.",
    "A worker who owes money may be told that he or she cannot leave before it is paid back.",
    "Every victim should be asked whether she wishes to be interviewed by a woman or by a man.",
    "The report of the Special Rapporteur names debt as the means that courts see most often.",
    "Views differed on whether doctors should be obliged to report debts of their patients.",
    "Les travailleurs endettés ne peuvent pas quitter leur employeur sans perdre leurs papiers.",
    "Los trabajadores endeudados no pueden dejar a su empleador sin perder sus documentos.",
)


@pytest.mark.parametrize("sentence", ALONE)
def test_a_sentence_that_says_all_itself_may_be_shown(sentence: str) -> None:
    """What names its subject is fit for a summary, in each language."""
    assert [each.text for each in standing(sentence, "en")] == [sentence]


LEANING = (
    "However, the debt is often invented by the agency that lent the money.",
    "This makes it hard for any worker to leave the employer before the end of the season.",
    "They are seldom told that the loan is void under the law of both States.",
    "If they leave before the end of the season, the agency claims the whole loan at once.",
    "In the first, the worker signs a contract that nobody has translated for him or her.",
    "Workers are therefore asked to sign a second contract when they arrive at the airport.",
    "Article 6 of the same Convention obliges States parties to protect all such workers.",
    "As mentioned above, an agency that charges a fee loses its licence for three years.",
    "Some 86 shelters are listed in table 2 by region, size and number of staff members.",
    "The present paper sets out what is known of debts that arise from recruitment fees.",
    "Each of them has to be proved, and the last of them is the one that is contested most.",
    "86 per cent were responsive to the needs of workers who had borrowed the fare.",
    "Among the victims reported in that year it accounted for one in ten of all cases known.",
    "Clinics can be asked to see her without the intermediary and to keep a record of it.",
    "Opponents considered knowledge too difficult to prove in any court of the region at all.",
    "On the second reading the officer asks who rented the house and who brought the food.",
    "Other speakers stated that their legislation obliged all officials to report such debts.",
    "Concerning the fees that are charged to workers by agencies, opinions were divided.",
    "Differing views were expressed on the questioning of workers about their past debts.",
    "The representative of an employers’ organization replied that the rule was used daily.",
    "A proposal to speak of low-wage workers only was made and withdrawn on the last day.",
    "Cependant, la dette est souvent inventée par l’agence qui a prêté de l’argent.",
    "Sin embargo, la deuda suele ser inventada por la agencia que prestó el dinero.",
    "Однако долг часто придуман агентством, которое выдало работнику деньги на дорогу.",
)


@pytest.mark.parametrize("sentence", LEANING)
def test_a_sentence_that_leans_on_another_is_not_shown_alone(sentence: str) -> None:
    """“However”, “This” and “They” point to what a reader of a summary does not see."""
    assert list(standing(sentence, "en")) == []


STUBS = (
    "Debt bondage and recruitment fees in domestic work:",
    "(a) Agencies should be licensed by the authority that inspects the work place;",
    "IV. Recruitment agencies and the debts of workers who were recruited by them",
    "Permit\tWho holds it\tWhether the worker may change the employer before it ends.",
    "Source: survey of forty agencies by the secretariat of the Conference in 2022.",
    "1 Fees include the costs of transport, of papers and of medical examinations.",
    "Workers pay.",
    "Agencies (which are licensed in the capital only should be inspected every year.",
    "DEMO/COP/WG.4/2022/2, DEMO/COP/WG.4/2022/3 and DEMO/COP/WG.4/2022/4.",
)


@pytest.mark.parametrize("stub", STUBS)
def test_what_is_no_sentence_is_not_shown(stub: str) -> None:
    """Headings, rows of tables, entries of lists and notes are no sentences of a summary."""
    assert list(standing(stub, "en")) == []


BUSINESS = (
    "The report further contains proposals to simplify how agencies are licensed in the region.",
    "The Executive Board took note of the extension of the programme by one more year.",
    "The Working Group considered agenda item 2 at its first and second meetings.",
    "The Chair thanked the participants and declared the first session closed.",
    "The session was attended by representatives of 46 States parties to the Protocol.",
    "I would be grateful for the circulation of the annexed letter among all members.",
    "An introductory statement was made by a representative of the Secretariat of the body.",
)


@pytest.mark.parametrize("sentence", BUSINESS)
def test_what_a_meeting_did_is_not_what_is_known(sentence: str) -> None:
    """Who opened a meeting says nothing on any topic."""
    assert list(standing(sentence, "en")) == []


def test_the_debt_after_a_sentence_on_debt_is_that_debt() -> None:
    """A sentence that goes on about what was named before it is refused; the first is shown."""
    first = "Workers borrow the fare and a fee from the agency that recruits them."
    text = f"{first} The agency then keeps the passports of all workers until they have paid."
    assert [each.text for each in standing(text, "en")] == [first]
    assert len(list(standing(text, "en", is_strict=False))) == 2
