"""A document in, its commitments out, by the published rules: ``catalogue(document)``.

Each family of rules has a file of its name, and its words stand in a data file beside it:

==========================  =========================================================================
``splitting``               S1, S4, S8: sentences, first heads, spans, lists below a colon
``coordination/``           S2-S5, S9: where one undertaking ends and the next begins
``subjects``, ``heads``     S1, S7: who undertakes, and the verb by which they do
``kinds``                   K1-K4, S6
``strength``                ST1-ST5
``deadlines``, ``quantities``  D1
``instruments``             S10, with ``gazetteer`` and ``names_by_context``
``genres``                  S12: what the text is
``who``, ``elements``       who undertakes and is asked, and what the undertaking leaves open
==========================  =========================================================================
"""

from __future__ import annotations

from followthrough.register.catalogue import catalogue
from followthrough.register.genres import genre

__all__ = ["catalogue", "genre"]
