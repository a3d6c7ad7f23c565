"""
a paragraph -> its sentences that can stand alone.

Why so strict: a summary sets sentences of several papers side by side; one that begins with
"However, this" is then about something that nobody sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers import symbols
from wgsearch.passages import count_words
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Fewer words hardly say anything alone; more are no part of a brief summary.
LEAST_WORDS = 9
MOST_WORDS = 60
_IDEOGRAPHS_A_WORD = 2
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")

# What points to something before: as the subject, ...
_POINTING = (
    r"it|its|they|their|them|this|these|that|those(?! (?:who|persons? who|which))|such|he|she|his"
    r"|her|him"
)
# ... after a word that opens a clause, ...
_OPENING = (
    r"if|when|where|while|although|though|because|since|as|once|unless|until|after|before"
    r"|whether|even if|for|of|in|with|under|to|by|from|on|at|without|among|between|behind|beyond"
    r"|given|despite|during|through|during|against|both|all|some|many|most|none|one|two|three"
)
# ... or by tying a sentence to the one before it.
_TYING = (
    r"however|moreover|furthermore|in addition|additionally|also|similarly|likewise|thus|therefore"
    r"|hence|accordingly|consequently|nevertheless|nonetheless|yet|but|and|or|nor|so|still|instead"
    r"|rather|otherwise|conversely|meanwhile|then|finally|lastly|indeed|again|too|next"
    r"|first(?:ly)?,|second(?:ly)?,|third(?:ly)?,|fourth(?:ly)?,|here|there(?! (?:is|are|was|were"
    r"|has|have|can|may|must|should)\b)|as a (?:result|consequence)|for (?:example|instance|one)"
    r"|by (?:contrast|doing so)|in (?:contrast|fact|particular|short|general|turn|sum|conclusion"
    r"|response|reply|other words|the same|both cases?|either case|so doing)|at the same time"
    r"|on the (?:other hand|contrary|one hand|same)|even (?:so|then)|to (?:this|that) end"
    r"|that is|as (?:such|noted|mentioned|stated|described|indicated|seen|shown|discussed|above)"
    r"|opponents|supporters|proponents|critics|commentators|consider|imagine|suppose|assume|compare|recall"
    r"|doing so|see(?: also)?|cf|ibid|not(?:e|ing)\b|part of|another|the other|others"
    r"|(?:the )?(?:latter|former|same)|neither(?! \w+ nor)|either|both(?! \w+ and)"
    r"|(?:each|one|none|some|many|most|few|several|all|half|much|any|two|three|four|five)"
    r"(?= (?:of (?:them|these|those|the (?:former|latter|above|two|three|four|five))"
    r"|is|was|are|were|has|have|had|can|may|should|will|would|do|does|did)\b)"
    r"|an? (?:second|third|fourth|fifth|further|final|last|similar|related|comparable|different)\b"
    r"|\w+(?:ed|ing)\b[^,]{0,80}, (?:it|he|she|they|this|these|those)"
    r"|the (?:first|second|third|fourth|last|following|above|two|three|four|five|present|better"
    r"|best|answer|reason|result|question|point|difference|others?|remaining)\b"
    r"|other (?:speakers?|delegations?|participants?|representatives?|panell?ists?)\b"
    r"|in the (?:first|second|third|former|latter|other|two)(?=,| (?:case|group|situation)\b)"
    r"|(?:in|on|at) the (?:second|third|fourth|next) (?:reading|visit|day|attempt|time|stage)\b"
    r"|(?:further|overall),|in the meantime|other \w+ (?:are|were|include)|thereby|in return"
    r"|during the (?:year|period)|since then"
    r"|\d[\d.,]* (?:per cent|percent|%) (?:of (?:them|these|those)|were|was|are|is|had|have)\b"
)
_FRENCH = (
    r"toutefois|cependant|en outre|de plus|par ailleurs|également|ainsi|donc|en effet|or|mais|et"
    r"|il|ils|elle|elles|ce|cet|cette|ces|celui|celle|ceux|celles|cela|ceci|leurs?|son|sa|ses"
    r"|à cet égard|dans ce|dans cette|par exemple|en conséquence|néanmoins|enfin|de même|voir"
    r"|d[’']autres?|les deux|l[’']un|chacune?"
)
_SPANISH = (
    r"sin embargo|no obstante|además|asimismo|también|por lo tanto|por tanto|por ello|así|pero|y"
    r"|él|ella|ellos|ellas|este|esta|estos|estas|ese|esa|esos|esas|esto|eso|dich[oa]s?|sus?|tales?"
    r"|a este respecto|en este|en esta|por ejemplo|en consecuencia|por último|véase|otr[oa]s?"
    r"|amb[oa]s|cada un[oa]"
)
_RUSSIAN = (
    r"однако|кроме того|более того|также|поэтому|таким образом|при этом|но|и|а|он|она|оно|они|его"
    r"|ее|её|их|это|этот|эта|эти|этого|этих|такой|такая|такие|тот|та|те|в связи с этим|в этой"
    r"|в этом|например|наконец|см|другие|другой|оба|каждый из"
)
_LEANS = re.compile(
    rf"(?:(?:{_OPENING})\s+)?(?:{_POINTING})\b|(?:{_TYING})(?:\b|(?<=,))"
    rf"|(?:{_FRENCH})(?:\b|(?<=[’']))|(?:{_SPANISH})\b|(?:{_RUSSIAN})\b"
    r"|(?:此外|然而|但|因此|例如|同时|另外|这|那|其|他|她|它|该|见|上述)"
    r"|(?:ومع ذلك|غير أن|إضافة إلى ذلك|وعلاوة|وبالتالي|ولذلك|كما|هذا|هذه|ذلك|تلك|وهو|وهي|وهم"
    r"|انظر)\b",
    re.IGNORECASE,
)
# What points to another place of the paper, wherever it stands.
_ELSEWHERE = re.compile(
    r"\b(?:above(?! all)|below|aforementioned|as follows|the following|foregoing|preceding"
    r"|hereinafter"
    r"|(?:the present|this) (?:\w+ )?(?:paper|document|note|report|section|chapter|paragraph|annex"
    r"|study|item|session|subject|matter|connection|regard|respect|context|purpose)"
    r"|(?:the )?text reads|reads: [“\"«]|the same (?-i:[A-Z])\w*"
    r"|(?:said|named) (?:article|paper|text)"
    r"|that (?:finding|preparation|advantage|idea|difference|moment|situation|provision|sentence)"
    r"|(?:see|in|of) (?:chapter|section|annex|table|figure|box|paragraphs?|paras?\.)"
    r"|(?:chapter|section|table|figure|box|annex|question|option) (?:[IVX]+|[A-Z]|\d+)\b"
    r"|ci-dessus|ci-dessous|ci-après|le présent (?:document|rapport)"
    r"|supra|infra|a continuación|más arriba|el presente (?:documento|informe)"
    r"|ниже|выше|настоящ\w+ доклад\w*)\b|下列|如下|上文|下文|本文件|本报告",
    re.IGNORECASE,
)
# Business of a meeting says nothing of its subject.
_BUSINESS = re.compile(
    r"^the (?:papers?|documents?|texts?|notes?|annex(?:es)?|tables?|box)\b"
    r"|^the (?:reports?|review|study)\b(?! (?:of|that|by|on|to)\b)"
    r"|(?:the (?:working group|conference|committee|commission|council|(?:executive )?board"
    r"|meeting|chair\w*|president|secretar\w+"
    r"|vice-chair\w*|rapporteur|representative \w+|speakers?|panell?ists?|observer \w+))\s+"
    r"(?:\w+ly )?(?:considered|adopted|agreed (?:on|to)|heard|decided|took|approved|was updated"
    r"|initiated|opened|closed|convened|met|noted"
    r"|expressed|thanked|introduced|made|held|elected|recalled|invited|was opened|submitted"
    r"|concluded|delivered|presented|summed|drew|replied|answered|explained|said|stated|proposed"
    r"|announced|declared|requested)\b"
    r"|(?:at|during) (?:its|the|their) \d*\w* ?(?:meetings?|session)"
    r"|\b(?:there was an? (?:\w+ )?exchange|(?:was|were) (?:introduced|(?:discussed|debated)"
    r" (?:at|in) (?:\w+ )?(?:length|detail))|background papers?"
    r"|delegations (?:are|were) (?:also )?(?:invited|asked)|provisional agenda"
    r"|for (?:a |the )?(?:later|next|coming|following) sessions?|held its|gave rise"
    r"|(?:was|were) (?:facilitated|opened|chaired|afterwards|attended by|entrusted to|circulated)"
    r"|organization of (?:the )?(?:its )?work|general statements|explanation of (?:position|vote)"
    r"|(?:report|document|paper|note|letter) (?:is|was|has been) (?:submitted|transmitted)"
    r"|statements? (?:was|were) made|under item \d|may be found in|were (?:also )?present\."
    r"|for the \w+ session|has the honour"
    r"|distributed as a document|proposals that|adopted a resolution"
    r"|comments received|gave rise to comments|chapters? (?:[IVX]+|\d+))\b",
    re.IGNORECASE,
)
# That views differed, without which, or that somebody replied: the rest stands around it.
_UNTOLD = re.compile(
    r"\b(?:views|opinions)\b[^.;]{0,30}? (?:differed|diverged|var(?:y|ied)|(?:was|were) (?:divided"
    r"|expressed|exchanged|split))\b(?!.*\b(?:whether|because|some|while|whereas|that)\b)"
    r"|\b(?:replied|answered) that\b"
    r"|\b(?:proposals?|suggestions?|amendments?)\b.* (?:was|were) (?:made and )?withdrawn\b",
    re.IGNORECASE,
)
# Who speaks is not known where a sentence stands alone.
_SPEAKER = re.compile(
    r"\bI (?:am|have|had|was|would|will|shall|should|could|can|do|note|wish|also|request|write)"
    r"\b|\b(?:[Mm]y|[Ww]e|[Oo]ur|us)\b"
)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
# What ties a sentence to the one before within its first words.
_TIED = re.compile(
    r"\b(?:therefore|accordingly|consequently|nevertheless|nonetheless|however|moreover|furthermore"
    r"|likewise|similarly|lastly|finally|instead|hence|thus|meanwhile|conversely|in turn"
    r"|for (?:that|this) reason|\w+ of (?:them|these|those(?! who))"
    r"|(?:of|in|on|under|for|with|at|from|within|outside|by|to) that)\b",
    re.IGNORECASE,
)
# `Among them it accounted for ...`: nothing before the pronoun can be what it stands for.
_UNNAMED = re.compile(
    r"(?:among|in|on|at|of|by|from|with|for|under|since|during)\b[^,;:]{0,70}? (?:it|they|he|she) ",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:he|she|him|her)\b")
_EITHER = re.compile(r"\b(?:he or she|him or her|his or her|her or his|she or he)\b")
_ONE = re.compile(r"\b(?:an?|the|every|each|no|any|one|another)\b", re.IGNORECASE)
# Words of tables, under pictures and of notes.
_LEFT_OVER = re.compile(
    r"(?:sources?|notes?|summary|abstract|box|figure|table|recommendation \d+|abbreviations?)"
    r"(?::| +(?-i:[A-Z]))|\d{1,3} (?-i:[A-Z])|[^\t]*\t",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[“\"«„]?(?:[^\W\d_a-zà-ÿа-яё]|\d)")
_ENDS = re.compile(r"[.!。！…][”\"»’)\]]*$")
_LABEL = re.compile(r"\(?(?:[a-z]{1,3}|[ivx]{1,5}|\d{1,3}|[A-Z])[).]\s|[-–—•*·]\s|\d+\.\d+")
# `The debt`, once debt was spoken of, is that debt; without it, it may still be one that was
# spoken of in other words, unless what follows says which.
_DEFINITE = re.compile(r"\b[Tt]he (?:[\w’'-]+ ){0,1}?([\w’'-]{4,})")
_UNSAID = re.compile(
    r"The (?!(?:[\w’'-]+ ){1,4}(?:of|in|on|for|that|which|who|whose|by|between|to|from|with|under"
    r"|among|concerning)\b)(?!(?:\w+ )?[A-Z])"
)
_PRONOUN = re.compile(r"(?:it|them|they|this|these|those|such|he|she|him)\b(?! (?:who|persons))")
_FIRST_WORDS = 8
_SUBJECT_WORDS = 5
_QUOTES = str.maketrans("", "", '«»“”"„‘')


class Standing(NamedTuple):
    """
    A sentence that can stand alone.

    Attributes:
        text: Verbatim.
        at: How many sentences stand before it in its paragraph.
        words: Number of its words.
    """

    text: str
    at: int
    words: int


def standing(text: str, language: str, *, is_strict: bool = True) -> Iterator[Standing]:
    """
    Sentences of a paragraph that can be understood without what stands before them.

    Args:
        text: The paragraph.
        language: Its language.
        is_strict: Refuse `The debt` after sentences that speak of debt.
    """
    before: list[str] = []
    for at, span in enumerate(sentences(text, language)):
        sentence = text[span.start : span.end]
        count = length(sentence)
        if (
            LEAST_WORDS <= count <= MOST_WORDS
            and is_whole(sentence)
            and not leans(sentence, before if is_strict else ())
            and not is_business(sentence)
            and not _is_citation(sentence)
        ):
            yield Standing(sentence, at, count)
        before.append(sentence)


def length(text: str) -> int:
    """Number of words; two ideographs count as one."""
    count = count_words(text)
    if text.isascii():
        return count
    ideographs = len(_IDEOGRAPH.findall(text))
    return count - ideographs + ideographs // _IDEOGRAPHS_A_WORD


def is_whole(sentence: str) -> bool:
    """Whether it begins and ends as a sentence does, and every bracket and quotation is closed."""
    return bool(
        _CAPITAL.match(sentence)
        and _ENDS.search(sentence)
        and not _LABEL.match(sentence)
        and not _LEFT_OVER.match(sentence)
        and sentence.count("(") == sentence.count(")")
        and sentence.count("“") == sentence.count("”")
        and sentence.count("«") == sentence.count("»")
        and sentence.count('"') % 2 == 0
    ) or bool(re.search(r"[\u0600-\u06ff]", sentence[:1]) and _ENDS.search(sentence))


def leans(sentence: str, before: Iterable[str] = ()) -> bool:
    """
    Whether it leans on what stands before it or elsewhere in its paper.

    Args:
        sentence: The sentence.
        before: Sentences before it in its paragraph: `The debt` after one that speaks of debt is
            that debt.
    """
    if _LEANS.match(sentence.translate(_QUOTES)) or _ELSEWHERE.search(sentence):
        return True
    opening = sentence.split()
    if _TIED.search(" ".join(opening[:_FIRST_WORDS])) or _SPEAKER.search(_QUOTED.sub("", sentence)):
        return True
    if _UNNAMED.match(sentence) or _is_of_somebody(sentence):
        return True
    if any(_PRONOUN.match(word) for word in opening[1:_SUBJECT_WORDS]):
        return True
    said = [each.casefold() for each in before]
    named = _DEFINITE.findall(" ".join(opening[:_FIRST_WORDS]))
    stems = [each.casefold().removesuffix("s") for each in named if not each[0].isupper()]
    return bool(said) and (
        is_unsaid(sentence) or any(stem in each for stem in stems for each in said)
    )


def _is_of_somebody(sentence: str) -> bool:
    """Whether it speaks of her or him before anybody was named."""
    found = _SOMEBODY.search(plain := _EITHER.sub(" ", _QUOTED.sub("“”", sentence)))
    return found is not None and _ONE.search(plain, 0, found.start()) is None


def is_unsaid(sentence: str) -> bool:
    """Whether it speaks of `the loan` and does not say which."""
    return _UNSAID.match(sentence) is not None


def is_business(sentence: str) -> bool:
    """Whether it says what a meeting did, not what was said on a subject."""
    return _BUSINESS.search(sentence) is not None or _UNTOLD.search(sentence) is not None


def _is_citation(sentence: str) -> bool:
    """Whether little but symbols of papers is in it."""
    found = list(symbols.locate(sentence)) if "/" in sentence else []
    cited = sum(each.end - each.start for each in found)
    return cited * 3 > len(sentence)
