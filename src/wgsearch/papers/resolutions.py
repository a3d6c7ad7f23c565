"""
paragraphs of resolutions -> preambular and operative ones.

Conventions of the Editorial Manual: the enacting organ stands on a line of its own and ends
with a comma; preambular paragraphs begin with a participle and end with a comma; operative
ones begin with a verb, are numbered where there are several, and end with a semicolon.
"""

from __future__ import annotations

import re

_ORGAN = re.compile(
    r"(?:The|L’|L'|La|Le|Les|El|Los|Las|Всемирная|Генеральная|Конференция|Совет|Комиссия)\s?"
    r"[^.;:]{3,160}[,،，]|[\u3400-\u9fff]{2,30}[,，]|[\u0600-\u06ff][\u0600-\u06ff\s]{3,80}[،,]"
)
_PARTICIPLE = re.compile(
    r"(?:Also|Further|Deeply|Gravely|Fully|Strongly|Again|Recognizing|Once again|Having"
    r"|Expressing|Bearing|Keeping|Taking|Conscious|Mindful|Aware|Cognizant|[A-Z][a-z]+(?:ing|ed))\b"
    r"|(?:Ayant|Consciente?|Profondément|Gravement|Vivement|Soucieuse|Sachant|[A-ZÀÉ][a-zé]+ant|"
    r"[A-ZÀÉ][a-zé]+ée?|Notant|Guidée?)\b"
    r"|(?:Habiendo|Teniendo|Consciente|Profundamente|[A-ZÁÉ][a-zé]+(?:ando|iendo|ida|ada|ido|ado))\b"
    r"|[А-Я][а-я]+(?:я|ясь|ив|ав|ив|вшись)\b"
)
# The name of an organ has no number; titles of earlier resolutions have.
_NUMBER = re.compile(r"\d")
_ACTS = (
    "Accepts|Acknowledges|Adopts|Affirms|Agrees|Appeals|Appoints|Appreciates|Approves|Authorizes"
    "|Calls|Commends|Concludes|Condemns|Confirms|Congratulates|Considers|Decides|Declares|Demands"
    "|Deplores|Designates|Draws|Elects|Emphasizes|Encourages|Endorses|Establishes|Expresses|Extends"
    "|Highlights|Instructs|Invites|Looks|Notes|Observes|Proclaims|Proposes|Reaffirms|Recalls"
    "|Recognizes|Recommends|Regrets|Reiterates|Rejects|Reminds|Renews|Requests|Resolves|Stresses"
    "|Suggests|Supports|Takes|Thanks|Transmits|Trusts|Underlines|Underscores|Urges|Voices|Warns"
    "|Welcomes"
    "|Adopte|Affirme|Appelle|Approuve|Autorise|Charge|Condamne|Considère|Constate|Décide|Déclare"
    "|Demande|Déplore|Encourage|Engage|Estime|Exhorte|Exige|Exprime|Félicite|Invite|Note|Prend|Prie"
    "|Proclame|Réaffirme|Rappelle|Recommande|Reconnaît|Regrette|Réitère|Remercie|Salue|Se félicite"
    "|Souligne|Souscrit"
    "|Acoge|Acuerda|Adopta|Afirma|Alienta|Aprueba|Autoriza|Celebra|Condena|Confirma|Considera|Decide"
    "|Declara|Deplora|Destaca|Encomia|Exhorta|Exige|Expresa|Felicita|Insta|Invita|Lamenta|Observa"
    "|Pide|Proclama|Reafirma|Recomienda|Reconoce|Recuerda|Reitera|Solicita|Subraya|Toma"
    "|Выражает|Настоятельно|Осуждает|Отмечает|Подтверждает|Подчеркивает|Постановляет|Предлагает"
    "|Призывает|Приветствует|Принимает|Просит|Рекомендует|Требует|Утверждает"
)
_ENACTS = re.compile(
    r"(?:\d{1,3}(?:/\d+)?\.\s+)?"
    r"(?:(?:also|further|again|once again|deeply|fully|gravely|solemnly|strongly|urgently"
    r"|également|en outre|además|asimismo|también)\s+)*"
    rf"(?:{_ACTS})\b",
    re.IGNORECASE,  # after an adverb the verb is in small letters
)


def is_organ(text: str) -> bool:
    """A line that names the enacting organ: `The Conference of the Parties,`."""
    return (
        text.endswith((",", "،", "，"))
        and bool(_ORGAN.fullmatch(text))
        and not _NUMBER.search(text)
    )


def is_preambular(text: str) -> bool:
    """A paragraph of a preamble, after its organ was named."""
    return text.endswith((",", "،", "，", ":")) or bool(_PARTICIPLE.match(text))


def enacts(text: str) -> bool:
    """An unnumbered paragraph that begins with a verb in the present: the organ acts."""
    return bool(_ENACTS.match(text)) and not text.endswith(",")
