"""
words of agendas: how their parts are called in the six official languages.

Why in one place: lists, annotations, documentation and timetables differ between bodies
in layout, but are called by a small set of names everywhere.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE


def _whole(*forms: str) -> re.Pattern[str]:
    """Any of the forms as a whole text."""
    return re.compile(f"(?:{'|'.join(forms)})", _I | re.DOTALL)


# Above the list.
LIST = _whole(
    r"(?:[IVX]{1,4}\.\s*)?(?:proposed |draft |revised |adopted |annotated )*"
    r"(?:provisional |preliminary )?(?:agenda|list of items)(?! item).{0,140}",
    r"(?:projet d.)?(?:l.)?ordre du jour(?: provisoire)?.{0,140}",
    r"(?:proyecto de )?(?:programa|temario|orden del día)(?: provisional)?.{0,140}",
    r"(?:проект )?(?:предварительн\w+ |аннотированн\w+ )*повестк\w+ дня.{0,140}",
    r"(?:临时)?议程.{0,40}",
    r"جدول الأعمال.{0,140}",
)
# Above the annotations.
ANNOTATIONS = _whole(
    r"(?:[IVX]{1,4}\.\s*)?annotations?\b.{0,120}",
    r"(?:[IVX]{1,4}\.\s*)?annotated (?:provisional )?(?:agenda|list).{0,80}",
    r"(?:[IVX]{1,4}\.\s*)?anotaciones.{0,120}",
    r"(?:[IVX]{1,4}\.\s*)?аннотации.{0,120}",
    r"(?:[一二三四五]\s?[.、．]\s*)?(?:说明|注释|临时议程说明)",
    r"(?:الشروح|شروح).{0,80}",
)
_DOCUMENTS = (
    r"(?:(?:list of |advance |background |pre-session |relevant |working |supporting |reference "
    r"|basic |official )*(?:documentation|documents?)(?:\(s\))?"
    r"(?: (?:for (?:consideration|information|decision|action|the item)|before the [\w ]{3,60}"
    r"|submitted|to be considered|under this item))?"
    r"|(?:liste des )?documents?|(?:lista de )?(?:documentación|documentos?)"
    r"|(?:перечень )?(?:документаци\w+|документ\w*)|文件|文档|(?:الوثائق|الوثيقة|وثائق))"
)
DOCUMENTATION = re.compile(
    rf"(?:[•●–—-]\s*)?(?P<word>{_DOCUMENTS})\s*(?P<sign>[:.：]|\s[–—-]\s|$|(?=\s+[A-Z]{{1,10}}\d{{0,3}}/))\s*(?P<rest>.*)",
    _I | re.DOTALL,
)
# Executive boards say what is asked of them, and name the paper in brackets.
ASKED = re.compile(
    r"(?P<word>(?:for|pour|para|для) (?:decision|information|action|approval|consideration"
    r"|décision|approbation|examen|decisión|información|aprobación|принятия решения|информации))"
    r"\s*:?\s*(?P<rest>\(.*\)|)[.;]?",
    _I | re.DOTALL,
)
# Above the papers of an earlier session, which are not documentation of this one.
REFERENCES = _whole(
    r"references? (?:for|to) .{0,200}",
    r"(?:références|referencias|ссылки).{0,200}",
)
# An annex with the list of all papers.
DOCUMENT_LIST = _whole(
    r"(?:[IVX]{1,4}\.\s*)?(?:tentative |provisional |preliminary )?"
    r"list of (?:pre-session )?documents?.{0,120}",
    r"(?:[IVX]{1,4}\.\s*)?(?:liste des documents|lista de documentos|перечень документов|文件清单"
    r"|قائمة الوثائق).{0,120}",
)
NOTHING = re.compile(
    r"none|nil|n/?a|not applicable"
    r"|no (?:advance |official |specific |pre-session )?document(?:s|ation)?\b.*"
    r"|(?:there (?:is|are|will be) )no document.*"
    r"|néant|aucun(?:e)? document\w*.*"
    r"|(?:sin|ninguna?|no hay|no se prevé) ?document\w*.*|ningun[oa]"
    r"|нет|отсутству\w+|документ\w+ (?:нет|не предусмотрен\w*|отсутству\w*).*|无|لا (?:توجد|شيء).*",
    _I | re.DOTALL,
)
# The same in a sentence of the annotation.
NO_DOCUMENTATION = re.compile(
    r"\bno (?:advance |official |pre-session )?document(?:s|ation)\b[^.]{0,40}"
    r"\b(?:expected|foreseen|envisaged|requested|required|prepared|issued|submitted)\b"
    r"|\baucun document\b|\bno se (?:prevé|espera|ha solicitado)\b[^.]{0,40}\bdocument"
    r"|документ\w+ [^.]{0,40}не (?:предусматрива|ожида|запрашива)",
    _I,
)
ANNEX = _whole(
    r"(?:annex|appendix|enclosure|annexe|appendice|anexo|apéndice|приложение|附件|المرفق)"
    r"(?:\s+(?:[IVXLC]{1,5}|\d{1,2}|[A-Z]))?[.:]?\s?\*{0,3}"
)
TIMETABLE = re.compile(
    r"\b(?:organi[sz]ation of (?:the )?work|timetable|time schedule|programme of work"
    r"|work ?programme|workplan|schedule of (?:meetings|work)|calendar of meetings"
    r"|organisation des travaux|programme de travail|calendrier"
    r"|organización de (?:los|sus) trabajos|programa de trabajo|calendario)\b"
    r"|организаци\w+ работы|расписани\w+|программ\w+ работы|工作安排|时间表|تنظيم (?:ال)?أعمال",
    _I,
)
# The coming session's agenda in a report: a heading, or a sentence that leads up to the list.
_OF_SESSION = (
    r"(?:(?:for|of) (?:the|its) [^.;:]{0,80}?\b(?:session|meeting)s?\b"
    r"(?: of the(?-i:(?: (?:of|and|on|for|in|the))* [A-Z][\w’-]+)+)?"
    r"|(?:de (?:la|sa)|du|pour (?:la|sa)) [^.;:]{0,80}?\b(?:session|réunion)\b"
    r"|(?:del|de su|para (?:el|su)) [^.;:]{0,80}?\b(?:período de sesiones|reunión|sesión)\b"
    r"|[^.;:]{0,80}?\b(?:сессии|совещания)\b)"
)
COMING = re.compile(
    r"(?P<title>(?:draft )?provisional agenda(?: and (?:proposed |provisional )?[\w ]{3,60}?)? "
    + _OF_SESSION
    + r"|(?:projet d.)?ordre du jour provisoire(?: et [\w ]{3,60}?)? "
    + _OF_SESSION
    + r"|(?:proyecto de )?programa provisional(?: y [\w ]{3,60}?)? "
    + _OF_SESSION
    + r"|предварительн\w+ повестк\w+ дня(?: и [\w ]{3,60}?)? "
    + _OF_SESSION
    + r"|第[\w ]{1,12}届会议(?:的)?临时议程(?:和文件)?"
    + r"|جدول الأعمال المؤقت (?:للدورة|لدورتها|للاجتماع)[^.:؛]{0,60}[^.:؛\s])",
    _I,
)
BELOW = re.compile(
    r"\b(?:below|as follows|following|annexed?|ci-(?:après|dessous)|suivant\w*|annexe|continuación"
    r"|siguiente|anexo|ниже|следующ\w+|приложени\w+)\b|如下|كما يلي|التالي",
    _I,
)
# Verbs of sentences: what holds one is no title and no entry of documentation.
FINITE = re.compile(
    r"\b(?:will|shall|should|may wish|may also wish|was|were|is|are|has|have|had|decided|requested"
    r"|recalled|adopted|seront?|est|sont|a été|ont été|aura|pourr\w+|devr\w+|será|serán|tendrá"
    r"|ha|han|fue|podrá|deberá)\b"
    r"|\b(?:будет|будут|был\w?|может|постановил\w?|просил\w?|приня\w+)\b|将|سوف|ستقوم|سيكون",
    _I,
)
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|where|qui|que|dont|котор\w+)\b", _I)
# Of these, verbs that no title ends with a full stop after.
SPOKEN = re.compile(
    r"\b(?:will|shall|may wish|decided|requested|recalled|seront?|serán?|tendrá|будет|будут)\b", _I
)
# A paper is before a body: present and future, not past.
_PAPERS = (
    r"(?:reports?|notes?|papers?|documents?|stud(?:y|ies)|drafts?|proposals?|compilations?"
    r"|summar(?:y|ies)|overviews?|programmes?|plans?|reviews?|guides?|guidelines?|lists?)"
)
BEFORE = re.compile(
    "|".join(
        (
            r"\b(?:will|shall|is expected to|to)(?: also| then)? have before (?:it|them)\b",
            r"\b(?:has|have)(?: also)? before (?:it|them)\b",
            r"\b(?:is|are|will be|shall be)(?: also)? before the\b",
            (
                r"\b(?:is|are|will be|shall be|will(?: also)? have)\b[^.;]{0,80}?\bfor "
                r"(?:[^.;]{0,60}?\b)?(?:consideration|approval|adoption|information|review)\b"
            ),
            (
                r"\b(?:will|(?:is|are) (?:expected|invited|called upon) to|may wish to)"
                r"(?: also| then)? (?:consider|examine|review|discuss|take note of"
                rf"|be presented with|receive|approve|adopt)\b[^.;]{{0,120}}?\b{_PAPERS}\b"
            ),
            r"\b(?:will|shall) be (?:submitted|presented|transmitted) (?:to|in|as|before)\b",
            r"\b(?:sera|seront|est|sont) saisie?s? d",
            r"\bdisposer(?:a|ont) (?:de|du|des|d)\b",
            r"\baur(?:a|ont)\b[^.;]{0,60}?\bdevant (?:elle|lui|eux|elles)\b",
            r"\bexaminer(?:a|ont)\b[^.;]{0,120}?\b(?:rapports?|notes?|documents?|projets?)\b",
            r"\bpour examen\b",
            r"\b(?:tendrán?|tienen?) (?:ante sí|a la vista)",
            r"\bdispondrán? de\b",
            r"\bexaminarán?\b[^.;]{0,120}?\b(?:informes?|notas?|documentos?|proyectos?)\b",
            r"\bpara su (?:examen|consideración|aprobación)",
            r"\bбуд[еу]т (?:располагать|иметь|представлен\w*)",
            r"\bимеет в сво[её]м",
            r"\bрассмотр[ия]т\b[^.;]{0,120}?\b(?:доклад|записк|документ|проект)\w*",
            r"\bна рассмотрение\b",
            r"将收到|面前将有|将审议",
            r"معروض\w* على|(?:س)?يعرض على",
        )
    ),
    _I,
)
# Before a symbol: the sentence cites a source.
CITED = re.compile(
    r"(?:\bsee(?: also)?|\bcf\.?|\bresolutions?|\bdecisions?|\bpursuant to|\bin accordance with"
    r"|\bin response to|\bbased on|\bvoir|\bconformément à|\bvéase|\bde conformidad con|\bсм\.|见"
    r"|انظر)(?: the| its| document| documents| el| le| la| документ| документы)*\s*[(\[]?\s*",
    _I,
)
# After a symbol: a place in a paper is cited, not the paper.
LOCUS = re.compile(
    r"\s*,?\s*(?:paras?\b|annex|sect|chap|part [IVX]|p\. ?\d|pp\.|par\.|párr|annexe|anexo|cap\."
    r"|пункт|пп?\. ?\d|приложение|第)",
    _I,
)


def is_documentation(heading: str) -> bool:
    """Whether a heading opens a block of documentation: entries name papers and say nothing."""
    match = DOCUMENTATION.fullmatch(heading)
    return match is not None and not match["rest"]


def is_title(text: str) -> bool:
    """Whether a text can be the title of an item: one phrase without the verb of a sentence."""
    if len(text) > 12 * MAX_TITLE_WORDS or len(text.split()) > MAX_TITLE_WORDS:
        return False
    if _SENTENCES.search(text):
        return False
    ends = text.endswith((".", "。"))
    return not (ends and (SPOKEN.search(text) or (len(text.split()) > 8 and is_spoken(text))))


def is_spoken(text: str) -> bool:
    """Whether a text holds the verb of a sentence, clauses such as `who have left` aside."""
    relative = _RELATIVE.search(text)
    return bool(FINITE.search(text, 0, relative.start() if relative else len(text)))


# The longest titles of General Assembly items and of joint reports have about this many words.
MAX_TITLE_WORDS = 90
_SENTENCES = re.compile(
    r"(?<![A-ZА-Я])(?<!\bNo)(?<!\bSt)(?<!\bart)[.?!]\s+[A-ZÀ-ÞА-Я][a-zà-ÿа-я]+\s"
)
