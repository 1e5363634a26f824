"""Figures as published by governments (facts): every identity closes. Rows and columns in the order of the form."""

from __future__ import annotations

from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number
from gkdesk.model.spec import load_editions

from .reports import HUAIAN_T2, HUAIAN_T3, HUAIAN_T4

HANGZHOU_2025 = (
    "3 5 74 564 984 4185 11398889 6937489 166105 316441",
    """
 13612    252      0     45    128     32  14069
   535      6      0      1     18      0    560
  5345    129      0     41     19     14   5548
  2120     39      0      1      6      2   2168
    13      0      0      0      0      0     13
    30      0      0      0      0      0     30
    11      0      0      0      0      0     11
    49      2      0      0      0      0     51
   103      1      0      0      0      0    104
    84      1      0      0      0      0     85
   282      4      0      0      0      0    286
   147      0      0      0      1      2    150
  3075     50      0      0     89      8   3222
   177      3      0      0      0      0    180
    19      0      0      0      0      0     19
   199      1      0      0      3      0    203
   147      1      0      0      0      0    148
     0      0      0      0      0      0      0
   100      1      0      0      0      0    101
     5      0      0      0      0      0      5
   315      3      0      0      0      0    318
   202      0      0      1      0      0    203
   941     17      0      1      3      3    965
 13364    252      0     44    121     29  13810
   783      6      0      2     25      3    819
    """,
    "376 97 196 121 790  16 1 12 27 56  74 1 30 51 156",
)
SUQIAN_2023 = (
    "2 0 11 109 489 597 1808595 2822652 20163 59237.2449",
    """
  3402     99      0      4      5      1   3511
    91      3      0      0      2      0     96
  1175     12      0      3      1      0   1191
   319      7      0      0      2      0    328
     0      0      0      0      0      0      0
    27      0      0      0      0      0     27
     6      0      0      0      0      0      6
    38      0      0      0      0      0     38
    20      0      0      0      0      0     20
     9      0      0      0      0      0      9
    21      0      0      0      0      0     21
    20      1      0      0      0      0     21
   968     74      0      1      3      1   1047
    26      2      0      0      0      0     28
     3      0      0      0      0      0      3
   305      0      0      0      0      0    305
    39      0      0      0      0      0     39
     0      0      0      0      0      0      0
    58      0      0      0      0      0     58
     4      0      0      0      0      0      4
    40      0      0      0      0      0     40
    10      0      0      0      0      0     10
   287      3      0      0      1      0    291
  3375     99      0      4      7      1   3486
   118      3      0      0      0      0    121
    """,
    "309 17 88 26 440  1 1 16 6 24  13 0 67 9 89",
)
SUQIAN_2024 = (
    "2 1 12 50 227 420 1573179 2676474 29351 72701.2578",
    """
  3440     75      0      1      6      3   3525
   118      3      0      0      0      0    121
  1408     21      0      0      2      0   1431
   462      9      0      0      0      0    471
     2      0      0      0      0      0      2
     1      0      0      0      0      0      1
     4      0      0      0      0      0      4
    16      1      0      0      0      0     17
    21      0      0      0      0      0     21
    10      1      0      0      0      0     11
    21      2      0      0      0      0     23
    13      0      0      0      0      0     13
   859     33      0      0      3      2    897
    35      1      0      0      0      0     36
     8      0      0      0      0      0      8
    86      1      0      0      0      0     87
    26      1      0      0      0      0     27
     0      0      0      0      0      0      0
     3      0      0      0      0      0      3
     0      0      0      0      0      0      0
    75      1      0      1      0      0     77
    38      0      0      0      0      0     38
   352      2      0      0      0      0    354
  3440     73      0      1      5      2   3521
   118      5      0      0      1      1    125
    """,
    "88 18 28 36 170  7 0 11 7 25  33 0 6 13 52",
)

Figures = dict[CellRef, Number]

SHANGHAI_2019 = {
    "new": "821 35 - - 2 1 859",
    "carried_in": "18 - - - - - 18",
    "granted": "258 12 - - 1 1 -",
    "partial": "3 - - - - - -",
    "denied_secret": "14 - - - - - -",
    "denied_internal": "5 - - - - - -",
    "denied_process": "3 1 - - - - -",
    "denied_inquiry": "10 2 - - - - -",
    "unable_not_held": "252 12 - - 1 - -",
    "unable_not_ready": "44 3 - - - - -",
    "unable_unclear": "25 - - - - - -",
    "rejected_petition": "148 1 - - - - -",
    "rejected_repeat": "5 4 - - - - -",
    "total": "767 35 - - 2 1 805",
    "carried_out": "72 - - - - - 72",
}
"""表三 of 上海市人民政府办公厅 2019; rows not listed are blank throughout, and most totals are."""


def published() -> dict[str, Figures]:
    """The figures of the 2021 edition by body and year."""
    texts = {
        "淮安 2024": (HUAIAN_T2, HUAIAN_T3, HUAIAN_T4),
        "杭州 2025": HANGZHOU_2025,
        "宿迁 2023": SUQIAN_2023,
        "宿迁 2024": SUQIAN_2024,
    }
    return {name: _figures(" ".join(tables)) for name, tables in texts.items()}


def _figures(text: str) -> Figures:
    values = [Decimal(figure) if "." in figure else int(figure) for figure in text.split()]
    return dict(zip(load_editions()["2021"].refs(), values, strict=True))
