"""
Errors -> RFC 9457 problems: one table from what went wrong to status, words and remedy.

Why a table: a caller can rely on the status of an error, and each row has a page
(`/problems/<slug>`) that says what to do. No exception's text leaves the process
unless it was written for the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from wgsearch import errors
from wgsearch.api import wire
from wgsearch.api.words import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MEDIA_TYPE = "application/problem+json"
_SERVER_FAULT = 500
# Below this similarity (0 to 100) a suggestion confuses more than it helps.
_NEAR = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    A kind of problem.

    Attributes:
        slug: Last segment of the page that explains it.
        status: HTTP status code.
        title: What it is, the same for each occurrence.
        remedy: What to do, for the page and for errors whose own words stay inside.
    """

    slug: str
    status: int
    title: str
    remedy: str


# What pydantic finds, in words for people.
_WORDS = {
    "missing": "is required",
    "int_parsing": "must be a whole number",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_too_short": "must not be empty",
    "string_too_long": "may have {max_length} characters",
    "string_pattern_mismatch": "must look like `en`",
    "extra_forbidden": "unknown parameter",
}
_REBUILD = "The operator runs `wgsearch build` and, where it fails, does what its message says."

PAGE_NOT_DRAWN = Kind(
    slug="page-not-drawn",
    status=422,
    title="The page cannot be drawn",
    remedy="Its words are in the index; open the original file, or have it saved again as PDF.",
)

BY_ERROR: dict[type[errors.WgsearchError], Kind] = {
    errors.CorpusMissingError: Kind(
        slug="corpus-missing",
        status=503,
        title="The folder of papers is missing",
        remedy="The operator sets WGSEARCH_CORPUS to the folder that holds the papers.",
    ),
    errors.CorpusUnwritableError: Kind(
        slug="corpus-unwritable",
        status=503,
        title="The folder of papers cannot be written into",
        remedy="The operator makes room, or lets the service write into the folder of papers.",
    ),
    errors.CorrectionsUnreadableError: Kind(
        slug="corrections-unreadable",
        status=503,
        title="The corrections by hand cannot be read",
        remedy="The keeper of the corpus mends corrections.toml; the detail names the line.",
    ),
    errors.GlossaryUnreadableError: Kind(
        slug="glossary-unreadable",
        status=503,
        title="The list of terms cannot be read",
        remedy="The keeper of the corpus mends glossary.csv; the detail names the line.",
    ),
    errors.TaxonomyUnreadableError: Kind(
        slug="taxonomy-unreadable",
        status=503,
        title="The taxonomy for the compendium cannot be read",
        remedy="The keeper of the corpus mends the file; the detail names the line.",
    ),
    errors.EditsUnreadableError: Kind(
        slug="edits-unreadable",
        status=503,
        title="The edits of the compendium cannot be read",
        remedy="The editor mends the file; the detail names the line.",
    ),
    errors.PageUnreadableError: PAGE_NOT_DRAWN,
    errors.PaperUnreadableError: Kind(
        slug="paper-unreadable",
        status=422,
        title="The paper could not be read",
        remedy="The reason stands in the detail; the status page lists all such papers.",
    ),
    errors.PaperNotFetchedError: Kind(
        slug="paper-not-fetched",
        status=502,
        title="The paper could not be fetched",
        remedy="The keeper of the corpus does what the detail says, or puts the paper there.",
    ),
    errors.ProvenanceUnreadableError: Kind(
        slug="provenance-unreadable",
        status=503,
        title="The list of fetched papers cannot be read",
        remedy="The keeper of the corpus mends fetched.jsonl; the detail names the line.",
    ),
    errors.FetchBusyError: Kind(
        slug="fetch-busy",
        status=503,
        title="Papers are being fetched",
        remedy="Wait until that has ended.",
    ),
    errors.ContactMissingError: Kind(
        slug="contact-missing",
        status=422,
        title="Nobody is named to write to about fetching",
        remedy="Set WGSEARCH_FETCH_CONTACT to an address of mail or to an https page.",
    ),
    errors.PlanImpossibleError: Kind(
        slug="plan-impossible",
        status=422,
        title="No number of machines would do",
        remedy="Allow more of what the detail names.",
    ),
    errors.UnfetchableSymbolError: Kind(
        slug="unfetchable-symbol",
        status=422,
        title="This is no symbol of a paper",
        remedy="Give a symbol as mastheads print it, and one of the six official languages.",
    ),
    errors.IndexMissingError: Kind(
        slug="index-missing",
        status=503,
        title="There is no index yet",
        remedy="The operator runs `wgsearch build`; searching begins as soon as it is done.",
    ),
    errors.IndexDamagedError: Kind(
        slug="index-damaged",
        status=503,
        title="The index is damaged",
        remedy="The operator runs `wgsearch build --full`.",
    ),
    errors.SchemaMismatchError: Kind(
        slug="index-of-another-version",
        status=503,
        title="The index was built by another version of wgsearch",
        remedy="The operator runs `wgsearch build`.",
    ),
    errors.EncoderMismatchError: Kind(
        slug="encoder-mismatch",
        status=503,
        title="The index was built with another encoder",
        remedy="The operator sets WGSEARCH_ENCODER to the encoder of the index, or builds anew.",
    ),
    errors.EncoderUnavailableError: Kind(
        slug="encoder-unavailable",
        status=503,
        title="The encoder cannot be loaded",
        remedy="The operator reinstalls wgsearch, or sets WGSEARCH_ENCODER to a folder that has it."
        " Meanwhile `mode=lexical` searches by words alone.",
    ),
    errors.RerankerUnavailableError: Kind(
        slug="reranker-unavailable",
        status=503,
        title="The reranker cannot be loaded",
        remedy="The operator sets WGSEARCH_RERANKER to a folder with a cross-encoder, or unsets it."
        " Meanwhile `mode=lexical` and `mode=dense` search without it.",
    ),
    errors.ReaderUnavailableError: Kind(
        slug="reader-unavailable",
        status=503,
        title="Papers cannot be read",
        remedy="The operator installs wgsearch again; the log says what does not start.",
    ),
    errors.IndexUnwritableError: Kind(
        slug="index-unwritable",
        status=503,
        title="The index cannot be written",
        remedy="The operator makes room, or gives rights; searching goes on meanwhile.",
    ),
    errors.BackupDamagedError: Kind(
        slug="backup-damaged",
        status=503,
        title="The backup cannot be restored",
        remedy="The operator takes another backup.",
    ),
    errors.IndexInTheWayError: Kind(
        slug="index-in-the-way",
        status=503,
        title="There is an index already",
        remedy="The operator restores into another folder.",
    ),
    errors.PartGoneError: Kind(
        slug="part-gone",
        status=503,
        title="A part of the index does not answer",
        remedy="Ask again in a moment, or by words alone; the operator looks after the server.",
    ),
    errors.ServerRefusedError: Kind(
        slug="server-refused",
        status=503,
        title="The server that holds the vectors is not asked",
        remedy="The operator does what the message of `wgsearch serve` says.",
    ),
    errors.CollectionMissingError: Kind(
        slug="collection-missing",
        status=503,
        title="The server holds no vectors of this index",
        remedy="The operator runs `wgsearch cluster publish`.",
    ),
    errors.CollectionDamagedError: Kind(
        slug="collection-damaged",
        status=503,
        title="The vectors on the server are not those of this index",
        remedy="The operator runs `wgsearch cluster publish`.",
    ),
    errors.ExtraMissingError: Kind(
        slug="extra-missing",
        status=503,
        title="A part of wgsearch is not installed",
        remedy="The operator installs the extra that the message of `wgsearch serve` names.",
    ),
    errors.BuildBusyError: Kind(
        slug="build-busy",
        status=503,
        title="Another build is running",
        remedy="Try again when it is done; searching goes on meanwhile.",
    ),
    errors.KeysUnreadableError: Kind(
        slug="keys-unreadable",
        status=503,
        title="The file of keys cannot be read",
        remedy="The operator restores the file, or makes keys anew.",
    ),
    errors.KeysMissingError: Kind(
        slug="no-keys",
        status=503,
        title="Writing is on, and there is no key",
        remedy="The operator makes one with `wgsearch keys add`, or turns WGSEARCH_WRITES off.",
    ),
    errors.UnknownJobError: Kind(
        slug="unknown-job",
        status=404,
        title="There is no such job",
        remedy="GET /api/v1/jobs lists those that are remembered.",
    ),
    errors.UnknownKeyError: Kind(
        slug="unknown-key",
        status=404,
        title="There is no such key",
        remedy="The operator takes the name from `wgsearch keys list`.",
    ),
    errors.EditionMissingError: Kind(
        slug="no-compendium",
        status=404,
        title="There is no such edition of the compendium",
        remedy="The operator makes one with `wgsearch compendium`.",
    ),
    errors.EditionDamagedError: Kind(
        slug="compendium-damaged",
        status=503,
        title="The compendium is damaged",
        remedy="The detail names the file; the operator takes it away and runs"
        " `wgsearch compendium`.",
    ),
    errors.QuestionsUnreadableError: Kind(
        slug="questions-unreadable",
        status=503,
        title="The saved questions cannot be read",
        remedy="The operator mends or removes the file that the log names.",
    ),
    errors.UnknownQuestionError: Kind(
        slug="unknown-question",
        status=404,
        title="There is no such saved question",
        remedy="Take the id from the list of saved questions.",
    ),
    errors.UnjudgedQuestionError: Kind(
        slug="unjudged-question",
        status=422,
        title="Whether papers answer this cannot be judged",
        remedy="Ask in a sentence, in a language that the encoder reads.",
    ),
    errors.WebhookRefusedError: Kind(
        slug="webhook-refused",
        status=422,
        title="Nothing is posted to this address",
        remedy="Name an https address of the public network.",
    ),
    errors.IndexStateError: Kind(
        slug="index-unavailable", status=503, title="The index cannot be used", remedy=_REBUILD
    ),
    errors.EmptyQuestionError: Kind(
        slug="empty-question",
        status=422,
        title="Nothing was asked",
        remedy="Ask with at least one letter or digit.",
    ),
    errors.QuestionTooLongError: Kind(
        slug="question-too-long",
        status=422,
        title="The question is too long",
        remedy="Shorten it to its substance; for a whole agenda, ask item by item.",
    ),
    errors.InvalidFilterError: Kind(
        slug="invalid-filter",
        status=422,
        title="No paper can pass this filter",
        remedy="Correct the filter that the detail names, or leave it out.",
    ),
    errors.UnknownSymbolError: Kind(
        slug="unknown-symbol",
        status=404,
        title="No paper of this symbol is in the index",
        remedy="Take the symbol from the list of papers; near ones are named where there are any.",
    ),
    errors.UnknownParagraphError: Kind(
        slug="unknown-paragraph",
        status=404,
        title="The paper has no such paragraph",
        remedy="Numbers restart in annexes: name the annex with `part`.",
    ),
    errors.UnknownItemError: Kind(
        slug="unknown-item",
        status=404,
        title="The agenda has no such item",
        remedy="Take the number from the items of the agenda.",
    ),
    errors.UnknownRecommendationError: Kind(
        slug="unknown-recommendation",
        status=404,
        title="The register has no such recommendation",
        remedy="Take the id from the list of recommendations; near ones are named.",
    ),
    errors.UnknownTopicError: Kind(
        slug="unknown-topic",
        status=404,
        title="The compendium has no such topic",
        remedy="Take the id from the list of topics; near ones are named where there are any.",
    ),
    errors.NotAnAgendaError: Kind(
        slug="not-an-agenda",
        status=404,
        title="The paper holds no agenda",
        remedy="Take an agenda from the list of agendas.",
    ),
    errors.EmptyDraftError: Kind(
        slug="empty-draft",
        status=422,
        title="The draft holds no paragraph",
        remedy="Paste the text of the draft, or send a PDF, DOCX or text file that has one.",
    ),
    errors.DraftTooLongError: Kind(
        slug="draft-too-long",
        status=422,
        title="The draft has too many paragraphs",
        remedy="Send it in parts.",
    ),
    errors.UnknownFormatError: Kind(
        slug="unknown-format",
        status=422,
        title="Nothing is written in this format",
        remedy="Take one of the formats that the detail names.",
    ),
    errors.PlaceUnwritableError: Kind(
        slug="place-unwritable",
        status=422,
        title="A file cannot be written there",
        remedy="Name another place, or make room and rights in this one.",
    ),
    errors.JudgementsError: Kind(
        slug="judgements",
        status=422,
        title="A judged set could not be read",
        remedy="The folder needs corpus.jsonl, queries.jsonl and qrels/test.tsv.",
    ),
    errors.WgsearchError: Kind(
        slug="refused", status=422, title="The request was refused", remedy="See the detail."
    ),
}

INVALID_PARAMETER = Kind(
    slug="invalid-parameter",
    status=422,
    title="A parameter is unknown or malformed",
    remedy="Nothing is ignored: correct each parameter that `errors` names, or leave it out.",
)
MALFORMED = Kind(
    slug="malformed-request",
    status=400,
    title="The request is malformed",
    remedy="Send well-formed HTTP and, where a body is expected, well-formed JSON.",
)
BASKET_FULL = Kind(
    slug="basket-full",
    status=422,
    title="The basket is full",
    remedy="Make a pack or a list of citations of what is in it and begin another one, or take"
    " passages out.",
)
MARKS_FULL = Kind(
    slug="marks-full",
    status=422,
    title="There are too many marks",
    remedy="Save the marks that there are, remove them, and go on with new ones.",
)
WRONG_HOST = Kind(
    slug="wrong-host",
    status=400,
    title="This host name is not served here",
    remedy="Use the address of the service; the operator adds names with WGSEARCH_HOSTS.",
)
NOT_FOUND = Kind(
    slug="not-found",
    status=404,
    title="There is nothing at this address",
    remedy="Addresses of the API stand in /openapi.json, those of papers in /documents.",
)
FILE_MISSING = Kind(
    slug="file-missing",
    status=404,
    title="The original file is not here",
    remedy="Its words are in the index; the keeper of the corpus puts the file back and builds.",
)
NO_PAGE = Kind(
    slug="no-page",
    status=404,
    title="The paper has no such page",
    remedy="Ask for one of its pages; Word documents and texts have none, only paragraphs.",
)
METHOD = Kind(
    slug="method-not-allowed",
    status=405,
    title="The method is not allowed here",
    remedy="The Allow header names the methods of this address.",
)
FILE_CHANGED = Kind(
    slug="file-changed",
    status=409,
    title="The original file is newer than the index",
    remedy="The operator runs `wgsearch build`; until then the file and its passages may differ.",
)
CURSOR_GONE = Kind(
    slug="cursor-gone",
    status=410,
    title="The cursor leads into another list",
    remedy="Ask without `cursor`, then follow `next` as it is: a cursor holds for one question and"
    " for the generation of the index that gave it.",
)
BODY_TOO_LARGE = Kind(
    slug="body-too-large",
    status=413,
    title="The body is too large",
    remedy="Send a shorter question, or a smaller file.",
)
URL_TOO_LONG = Kind(
    slug="url-too-long",
    status=414,
    title="The address is too long",
    remedy="Send long questions in the body of POST /api/v1/search.",
)
MEDIA = Kind(
    slug="unsupported-media-type",
    status=415,
    title="The body is of another type than is read here",
    remedy="Send `Content-Type: application/json`, or the type of a file that the address reads.",
)
TOO_SLOW = Kind(
    slug="request-too-slow",
    status=408,
    title="The request came too slowly",
    remedy="Send it again over a better connection, or send less.",
)
TOO_MANY = Kind(
    slug="too-many-requests",
    status=429,
    title="You send more requests than one client may",
    remedy="Wait as long as `Retry-After` says, then send them more slowly.",
)
BUSY = Kind(
    slug="busy",
    status=503,
    title="More is asked than can be answered now",
    remedy="Send the request again after as many seconds as `Retry-After` says.",
)
WRITES_OFF = Kind(
    slug="writes-off",
    status=403,
    title="Nothing is written over HTTP here",
    remedy="The operator may turn it on with WGSEARCH_WRITES, once there is a key.",
)
NO_KEY = Kind(
    slug="no-key",
    status=401,
    title="A key is needed",
    remedy="Send `Authorization: Bearer TOKEN` with a token that holds; the operator makes one"
    " with `wgsearch keys add`.",
)
NO_SCOPE = Kind(
    slug="no-scope",
    status=403,
    title="The key does not allow this",
    remedy="Use a key that has the scope; the operator makes one with `wgsearch keys add`.",
)
TOOK_TOO_LONG = Kind(
    slug="took-too-long",
    status=503,
    title="The answer takes too long",
    remedy="Ask for less at once: a shorter draft, fewer passages. The operator may allow more"
    " time with WGSEARCH_REQUEST_S.",
)
INTERNAL = Kind(
    slug="internal-error",
    status=500,
    title="Something went wrong here",
    remedy="It is not your fault. The operator finds the request in the log by its identifier.",
)

KINDS: tuple[Kind, ...] = (
    *BY_ERROR.values(),
    *(INVALID_PARAMETER, MALFORMED, WRONG_HOST, NOT_FOUND, FILE_MISSING, METHOD),
    NO_PAGE,
    *(FILE_CHANGED, CURSOR_GONE, BODY_TOO_LARGE, URL_TOO_LONG, MEDIA, INTERNAL),
    *(TOO_SLOW, TOO_MANY, BUSY, TOOK_TOO_LONG, BASKET_FULL, MARKS_FULL),
    *(WRITES_OFF, NO_KEY, NO_SCOPE),
)
_BY_STATUS = {404: NOT_FOUND, 405: METHOD, 400: MALFORMED, 413: BODY_TOO_LARGE, 415: MEDIA}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One occurrence of a problem.

    Attributes:
        kind: What it is.
        detail: What happened this time.
        items: What is wrong with the request, one by one.
        near: Symbols that resemble the one asked for, best first.
    """

    kind: Kind
    detail: str
    items: tuple[wire.ProblemItemObject, ...] = ()
    near: tuple[str, ...] = ()

    def object(self, base: str, request_id: str) -> wire.ProblemObject:
        """
        The problem as it is sent.

        Args:
            base: Address of the service, without a slash at its end.
            request_id: Identifier of the request.
        """
        return wire.ProblemObject(
            type=f"{base}/problems/{self.kind.slug}",
            title=self.kind.title,
            status=self.kind.status,
            detail=self.detail,
            instance=request_id,
            errors=list(self.items),
            near=list(self.near),
            remedy=self.kind.remedy,
        )


class RefusedError(Exception):
    """
    A request refused by the HTTP layer itself; never leaves this package.

    Attributes:
        problem: What to answer.
        headers: What the answer carries beside it.
    """

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = dict(headers or {})


def of_error(error: errors.WgsearchError) -> Problem:
    """The problem that an error of ours becomes; the nearest row of the table counts."""
    kind = next(BY_ERROR[each] for each in type(error).__mro__ if each in BY_ERROR)
    inside = isinstance(error, errors.IndexStateError | errors.CorpusMissingError)
    return Problem(
        kind=kind,
        # Words for the operator name folders of the machine: they belong to the log.
        detail=kind.remedy if inside else sentence(str(error)),
        near=getattr(error, "near", ()),
    )


def of_status(status: int, detail: str) -> Problem:
    """The problem for a status code that the web framework raised."""
    kind = _BY_STATUS.get(status, INTERNAL if status >= _SERVER_FAULT else MALFORMED)
    return Problem(kind=kind, detail=detail)


def of_validation(found: Iterable[Any]) -> Problem:
    """
    The problem for values that a model refused.

    Args:
        found: Errors as pydantic lists them.
    """
    listed = list(found)
    if any(each["type"] == "json_invalid" for each in listed):
        return Problem(kind=MALFORMED, detail="The body is no JSON.")
    return invalid([_item(each) for each in listed])


def invalid(items: Sequence[wire.ProblemItemObject]) -> Problem:
    """The problem for parameters, named one by one."""
    return Problem(
        kind=INVALID_PARAMETER,
        detail="; ".join(f"{each.name}: {each.detail}" for each in items),
        items=tuple(items),
    )


def unknown_parameter(name: str, known: Sequence[str]) -> wire.ProblemItemObject:
    """
    The item for a parameter that an address does not have.

    Args:
        name: As sent.
        known: Parameters that there are.
    """
    close = nearest(name, known)
    taken = f"the address takes {', '.join(known)}" if known else "the address takes none"
    hint = f"did you mean {close}?" if close else taken
    return wire.ProblemItemObject(
        pointer=f"#/{_escaped(name)}", name=name, detail=f"unknown parameter; {hint}", near=close
    )


def repeated_parameter(name: str) -> wire.ProblemItemObject:
    """The item for a parameter that was sent twice and may be sent once."""
    return wire.ProblemItemObject(
        pointer=f"#/{_escaped(name)}", name=name, detail="may be given once only", near=None
    )


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that resembles a word most, None when none does."""
    best = process.extractOne(word.casefold(), known, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return best[0] if best else None


def _item(error: Any) -> wire.ProblemItemObject:  # noqa: ANN401 - a pydantic error is a plain dict
    """One refused value."""
    place = [str(each) for each in error["loc"] if each not in {"query", "path", "body"}]
    name = next(iter(place), "query" if "query" in error["loc"] else "body")
    detail = _lowered(error["msg"])
    near = None
    if error["type"] in {"enum", "literal_error"}:
        allowed = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
        near = nearest(str(error["input"]), allowed)
        detail = f"{error['input']!r} is not one of {', '.join(allowed)}"
        detail += f"; did you mean {near}?" if near else ""
    elif error["type"] in _WORDS:
        detail = _WORDS[error["type"]].format(**error.get("ctx", {}))
    return wire.ProblemItemObject(
        pointer="#/" + "/".join(_escaped(each) for each in place),
        name=name,
        detail=detail,
        near=near,
    )


def _escaped(segment: str) -> str:
    """A segment of a JSON pointer, after RFC 6901."""
    return segment.replace("~", "~0").replace("/", "~1")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
