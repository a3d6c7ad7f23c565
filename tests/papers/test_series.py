"""From symbols alone: what adds to, corrects, replaces or continues what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.papers import symbols
from wgsearch.papers.series import Tie, families, stars, superseding, tie

BASE = "DEMO/COP/WG.4/2022/3"
_ENDINGS = st.lists(
    st.tuples(st.sampled_from(["Add", "Corr", "Rev", "Amend"]), st.integers(1, 12)), max_size=3
)
_SYMBOLS = st.builds(
    lambda number, endings: "/".join(
        (f"AB/2022/{number}", *(f"{name}.{count}" for name, count in endings))
    ),
    st.integers(1, 3),
    _ENDINGS,
)


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("AB/1", Tie("AB/1", 0, None, None, None)),
        ("AB/1/Rev.2", Tie("AB/1", 2, None, None, None)),
        ("AB/1/Add.1", Tie("AB/1/Add.1", 0, "addendum", "AB/1", 1)),
        ("AB/1/Add.1/Rev.2", Tie("AB/1/Add.1", 2, "addendum", "AB/1", 1)),
        ("AB/1/Rev.1/Corr.3", Tie("AB/1/Rev.1/Corr.3", 0, "corrigendum", "AB/1/Rev.1", 3)),
        ("AB/1/Amend.2", Tie("AB/1/Amend.2", 0, "amendment", "AB/1", 2)),
        ("AB/1 (Part I)", Tie("AB/1 (Part I)", 0, "part", "AB/1", None)),
        ("AB/1 (Sect. 16A)", Tie("AB/1 (Sect. 16A)", 0, "part", "AB/1", None)),
        ("AB/1/Part B", Tie("AB/1/Part B", 0, "part", "AB/1", None)),
        (
            "AB/1 (Part I/Add.2)",
            Tie("AB/1 (Part I/Add.2)", 0, "addendum", "AB/1 (Part I)", 2),
        ),
        ("AB12/4 Add.1", Tie("AB12/4 Add.1", 0, "addendum", "AB12/4", 1)),
        ("AB/RES/12 (2016)", Tie("AB/RES/12 (2016)", 0, None, None, None)),
        ("AB/1**", Tie("AB/1", 0, None, None, None)),
    ],
)
def test_the_last_ending_says_what_a_paper_is(symbol: str, expected: Tie) -> None:
    """Endings are read from the last one inwards; a year in parentheses is no part."""
    assert tie(symbol) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (["AB/1", "AB/1/Rev.1"], {"ab/1": "AB/1/Rev.1"}),
        (
            ["AB/1", "AB/1/Rev.1", "AB/1/Rev.10"],
            {"ab/1": "AB/1/Rev.10", "ab/1/rev.1": "AB/1/Rev.10"},
        ),
        (["AB/1", "AB/1/Add.1", "AB/1/Corr.1", "AB/1/Rev.1"], {"ab/1": "AB/1/Rev.1"}),
        (["AB/1/Add.1", "AB/1/Add.1/Rev.1"], {"ab/1/add.1": "AB/1/Add.1/Rev.1"}),
        (["AB/1", "AB/2/Rev.1"], {}),
        (["AB/1/Corr.1", "AB/1/Rev.1/Corr.1"], {}),
        (["AB/1/Add.1", "AB/1/Rev.1/Add.1"], {}),
    ],
)
def test_newest_revision_replaces(known: list[str], expected: dict[str, str]) -> None:
    """
    A revision replaces what has its symbol but for Rev. at the end, and nothing else: the
    corrigendum of a revision is no revision of the first corrigendum.
    """
    assert superseding(known) == expected


@given(st.lists(_SYMBOLS, max_size=12))
def test_who_replaces_is_replaced_by_nothing(known: list[str]) -> None:
    """Following one step always leads to the newest version, of the same paper, and held."""
    found = superseding(known)
    for replaced, newest in found.items():
        assert newest in known
        assert symbols.key(newest) not in found
        assert symbols.key(tie(newest).thing) == symbols.key(tie(replaced).thing).casefold()


@given(st.lists(_SYMBOLS, max_size=12, unique=True))
def test_families_agree_with_one_another(known: list[str]) -> None:
    """What a paper names as its addendum names it, or another version of it, as its target."""
    found = families({each: (each,) for each in known})
    for name, family in found.items():
        for child in (*family.addenda, *family.corrigenda, *family.amendments):
            target = tie(child).target
            assert target is not None
            assert tie(target).thing == tie(name).thing
            assert found[child].superseded_by is None
        for child in family.corrigenda:
            assert tie(child).target == name
        assert not {*family.missing} & {*known}
        assert family.superseded_by not in family.supersedes
        assert list(family.supersedes) == sorted(
            family.supersedes, key=lambda each: tie(each).revision
        )


def test_a_paper_knows_what_was_issued_on_it() -> None:
    """Addenda to any version; corrigenda of this version; of a revised addendum the newest."""
    known = ["Add.1", "Add.2", "Add.2/Rev.1", "Corr.1", "Rev.1", "Rev.1/Corr.1"]
    found = families({each: (each,) for each in (BASE, *(f"{BASE}/{end}" for end in known))})
    first, revised = found[BASE], found[f"{BASE}/Rev.1"]
    assert first.superseded_by == f"{BASE}/Rev.1"
    assert revised.supersedes == (BASE,)
    assert first.addenda == revised.addenda == (f"{BASE}/Add.1", f"{BASE}/Add.2/Rev.1")
    assert first.corrigenda == (f"{BASE}/Corr.1",)
    assert revised.corrigenda == (f"{BASE}/Rev.1/Corr.1",)
    assert found[f"{BASE}/Add.2"].superseded_by == f"{BASE}/Add.2/Rev.1"


def test_an_addendum_knows_its_base_though_it_is_not_held() -> None:
    """The base is named, and named as missing."""
    family = families({f"{BASE}/Add.1": (f"{BASE}/Add.1",)})[f"{BASE}/Add.1"]
    assert (family.relation, family.target, family.missing) == ("addendum", BASE, (BASE,))


def test_orphans_name_what_is_missing_between_them() -> None:
    """Where the base is not held, each of its addenda names the gaps in their numbers."""
    held = [f"{BASE}/Add.1", f"{BASE}/Add.3"]
    found = families({each: (each,) for each in held})
    assert {found[each].missing for each in held} == {(BASE, f"{BASE}/Add.2")}


def test_gaps_in_the_numbers_are_named() -> None:
    """Add.3 shows that Add.1 and Add.2 exist; a held revision of one of them stands for it."""
    held = [BASE, f"{BASE}/Add.3", f"{BASE}/Add.1/Rev.1", f"{BASE}/Corr.2"]
    found = families({each: (each,) for each in held})
    assert found[BASE].missing == (f"{BASE}/Add.2", f"{BASE}/Corr.1")


def test_either_symbol_of_a_joint_paper_ties() -> None:
    """An addendum to one of two symbols belongs to the joint paper, by what that is called by."""
    found = families(
        {
            "AB/78/1-CD/2024/2": ("AB/78/1", "CD/2024/2"),
            "CD/2024/2/Add.1": ("CD/2024/2/Add.1",),
            "AB/78/1/Rev.1": ("AB/78/1/Rev.1",),
        }
    )
    joint = found["AB/78/1-CD/2024/2"]
    assert joint.addenda == ("CD/2024/2/Add.1",)
    assert joint.superseded_by == "AB/78/1/Rev.1"
    assert found["CD/2024/2/Add.1"].target == "AB/78/1-CD/2024/2"


def test_parts_of_one_paper_know_one_another() -> None:
    """A paper issued in parts has no whole to be missed."""
    found = families({f"{BASE} (Part {n})": (f"{BASE} (Part {n})",) for n in ("I", "II")})
    assert found[f"{BASE} (Part I)"].parts == (f"{BASE} (Part I)", f"{BASE} (Part II)")
    assert found[f"{BASE} (Part I)"].missing == ()
    alone = families({f"{BASE} (Part I)": (f"{BASE} (Part I)",)})
    assert alone[f"{BASE} (Part I)"].parts == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"United Nations {BASE}", 0),
        (f"United Nations {BASE}*", 1),
        (f"Distr.: General\n{BASE}**\n25 April 2022", 2),
        (f"{BASE}\n* DEMO/COP/WG.4/2022/1*.", 0),
        (f"DEMO\n{BASE.removeprefix('DEMO')} *", 1),
    ],
)
def test_stars_after_the_own_symbol_mark_a_reissue(head: str, expected: int) -> None:
    """Stars of other symbols, and of notes, are no reissue."""
    assert stars((BASE,), head) == expected
