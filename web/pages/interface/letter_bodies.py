"""What programs send about letters and slips."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field
from typing_extensions import TypedDict

from domain.letters import Claim
from inspection.desk.documents.letters import LetterDocument
from web.operation import EXACT, Data, Text, Word

No = Annotated[int, Field(ge=1, le=9999)]


@dataclass(frozen=True, slots=True)
class IssueBody:
    """The due moment, or how many working days or hours; without any, as long as the kind has by itself."""

    __pydantic_config__ = EXACT
    due: AwareDatetime | None = None
    days: Annotated[int, Field(ge=0, le=366)] = 0
    hours: Annotated[int, Field(ge=0, le=9999)] = 0


@dataclass(frozen=True, slots=True)
class ClaimBody:
    """What the unit says of one item."""

    __pydantic_config__ = EXACT
    no: No
    claim: Claim
    new_url: Text = ""
    remark: Text = ""


@dataclass(frozen=True, slots=True)
class AnswerBody:
    """What the unit says; items left out stay as they are."""

    __pydantic_config__ = EXACT
    items: Annotated[list[ClaimBody], Field(min_length=1, max_length=1000)]


@dataclass(frozen=True, slots=True)
class FileBody:
    """A filled form or a scan: its name, and its bytes in base64."""

    __pydantic_config__ = EXACT
    name: Word
    data: Data


@dataclass(frozen=True, slots=True)
class ItemBody:
    """A decision about one item, with a reason."""

    __pydantic_config__ = EXACT
    no: No
    move: Literal["pass", "return", "uphold", "dismiss"]
    reason: Text = ""


@dataclass(frozen=True, slots=True)
class DeferBody:
    """Another due moment, and why."""

    __pydantic_config__ = EXACT
    due: AwareDatetime
    reason: Text


class Changed(TypedDict):
    """What was done, in Chinese, and the letter as it is now."""

    told: list[str]
    letter: LetterDocument
