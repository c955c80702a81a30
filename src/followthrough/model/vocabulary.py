"""The fixed vocabularies of the register: each set of words is defined here once."""

from __future__ import annotations

from typing import Literal

ProvisionKind = Literal["preamble", "section", "paragraph", "item", "other"]
CommitmentKind = Literal["action", "support", "principle", "reaffirmation", "call"]
