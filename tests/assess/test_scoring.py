"""Ratings on published scales: the arithmetic that was printed, what tables get wrong, and what never changes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.assess.conversions import conversions, convert
from followthrough.assess.ratings import Ratings, read_ratings
from followthrough.assess.scales import read_value, scale_from, scales
from followthrough.assess.scoring import Scores, score
from followthrough.errors import InputRefused, ManyRefused
from followthrough.model.missing import is_missing
from support import cpu_of, run_cli

G20, G8 = scales()["g20-2009"], scales()["g8-2001"]
DENVER = "commitment,CAN,FRA,DEU,ITA,JPN,USA,GBR\nReform of financial institutions,-1,n/a,0,n/a,1,1,1\n"


def read(folder: Path, text: str, scale: str = "g20-2009") -> Ratings:
    path = folder / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    return read_ratings(path, scales()[scale])


def column(folder: Path, values: dict[str, int], scale: str) -> Scores:
    """Score one party's commitments: ``values`` says how often each value was given."""
    cells = [value for value, times in values.items() for _ in range(times)]
    text = "commitment,party,value\n" + "".join(f"c{at},P,{value}\n" for at, value in enumerate(cells))
    return score(read(folder, text, scale), scales()[scale])


def test_the_row_of_1997_comes_about_only_with_missing_as_zero(tmp_path: Path) -> None:
    ratings = read(tmp_path, DENVER, "g8-2001")
    left_out, as_zero = score(ratings, G8), score(ratings, G8, "as-zero")
    key = "Reform of financial institutions"
    one = left_out.commitments[key]
    assert (round(one.mean or 0, 2), one.n, one.of) == (0.40, 5, 7)
    assert round(as_zero.overall.mean or 0, 2) == 0.29
    for found in (left_out, as_zero):
        message = dict(found.warnings)["na_policies_differ"]
        assert f"{key} 0.40 left out, 0.29 as zero" in message


@pytest.mark.parametrize(("full", "partial", "printed"), [(11, 4, 87), (14, 1, 97), (13, 2, 93), (12, 3, 90)])
def test_the_summit_of_bali(tmp_path: Path, full: int, partial: int, printed: int) -> None:
    found = column(tmp_path, {"1": full, "0": partial}, "g20-2009")
    assert round(found.parties["P"].percent or 0) == printed
    assert (found.overall.n, found.overall.of) == (15, 15)


def test_one_mean_has_two_percentages_by_two_formulas() -> None:
    assert G8.in_percent(0.814) == pytest.approx(81.4)
    assert G20.in_percent(0.814) == pytest.approx(90.7)
    assert (G8.formula, G20.formula) == ("mean x 100", "(mean + 1)/2 x 100")


def test_done_only_where_every_party_has_done_it(tmp_path: Path) -> None:
    rows = [f"m{at},1,{1 if at < 458 else 0}" for at in range(506)]
    found = score(read(tmp_path, "commitment,A,B\n" + "\n".join(rows), "aec-all"), scales()["aec-all"])
    assert round(found.overall.percent or 0, 1) == 90.5
    assert (found.overall.n, found.overall.of, found.overall.counts["done"]) == (506, 506, 458)


def test_scales_of_words_count_and_never_calculate(tmp_path: Path) -> None:
    table = "commitment,party,value\na,X,Complete\nb,X,not started\nc,X,Not verifiable\nd,X,\n"
    found = score(read(tmp_path, table, "ogp-completion"), scales()["ogp-completion"])
    assert found.overall.mean is None
    assert found.overall.percent is None
    assert (found.overall.n, found.overall.of) == (2, 4)
    assert {word: count for word, count in found.overall.counts.items() if count} == {"complete": 1, "not started": 1}
    assert dict(found.warnings)["set_aside"] == "1 answers are no rating (not verifiable)"
    with pytest.raises(InputRefused, match="only counts"):
        score(read(tmp_path, table, "ogp-completion"), scales()["ogp-completion"], "as-zero")


@pytest.mark.parametrize("text", ["-1", "−1", " – 1", "-1.0", "none", "No  compliance", "－1"])
def test_a_minus_may_be_written_in_many_ways(text: str) -> None:
    assert (read_value(G20, text) or G20.values[0]).number == -1


@pytest.mark.parametrize("text", ["", " ", "n/a", "N/A ", "na", "-", "—", "not available"])
def test_missing_may_be_written_in_many_ways_and_is_never_zero(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["2", "0.5", "yes", "1,0", "nan", "inf", "=1"])
def test_what_the_scale_has_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no value of g20-2009; it has 1, 0, -1"):
        read_value(G20, text)


def test_a_broken_table_is_named_row_by_row(tmp_path: Path) -> None:
    with pytest.raises(ManyRefused) as caught:
        read(tmp_path, "commitment,A,B\nx,1,2\nx,1,1\ny,1\n,1,1\nz,0.5,1\n")
    assert [str(one).partition(";")[0] for one in caught.value.problems] == [
        "ratings.csv, row 2: “2” is no value of g20-2009",
        "ratings.csv, row 3: names x a second time",
        "ratings.csv, row 4: has 2 cells instead of 3",
        "ratings.csv, row 5: has no commitment",
        "ratings.csv, row 6: “0.5” is no value of g20-2009",
    ]
    with pytest.raises(ManyRefused, match="rates A on x a second time"):
        read(tmp_path, "commitment,party,value\nx,A,1\nx,A,0\n")
    for bad in ("a,b\n", "commitment\n", "commitment,A,A\n", "x,y\n1,many\n"):
        with pytest.raises(InputRefused):
            read(tmp_path, bad)


def test_what_cannot_be_taken_is_named_and_the_rest_scored(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("commitment,A,B\nx,1,2\nx,0,0\ny,1,#REF!\nz,1,-1\n")
    found = read_ratings(path, G20, strict=False)
    assert [problem.where for problem in found.problems] == ["row 2", "row 3", "row 4"]
    assert score(found, G20).parties["A"].mean == 1
    done = run_cli("score", path, "--scale", "g20-2009", "--json")
    assert [one["where"] for one in json.loads(done.stdout)["problems"]] == ["row 2", "row 3", "row 4"]
    assert "error of a formula" in done.stderr
    run_cli("score", path, "--scale", "g20-2009", "--strict", code=1)


WIDE = "commitment,alpha,beta\n2020-1,1,0\n2020-2,-1,n/a\n"
FORMS = {
    "research": "topic,id,year,code,text,average,alpha,beta\nTrade,2020-1,2020,a,Open the borders,0.5,1,0\n"
    "Trade,2020-2,2020,b,Cut the fees,-1,-1,n/a\n",
    "trailing": "Commitment,alpha,beta,N,Notes,,\n2020-1,1,0,2,x,,\n2020-2,-1,n/a,1,,,\n,,,,,,\n",
    "long": "Commitment,Country,Score\n2020-1,alpha,1\n2020-1,beta,0\n2020-2,alpha,-1\n2020-2,beta,\n",
    "semicolons": WIDE.replace(",", ";"),
    "title": "A table of ours,,\n\n" + WIDE,
    "numbered": "No.,Session,Commitment name,alpha,beta\n1,1,2020-1,1,0\n2,2,2020-2,-1,\n",
    "unknown first name": WIDE.replace("commitment", "What was said"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_table_of_any_form_has_the_same_scores(tmp_path: Path, form: str) -> None:
    found = score(read(tmp_path, FORMS[form]), G20)
    assert {key: (one.mean, one.n) for key, one in found.commitments.items()} == {"2020-1": (0.5, 2), "2020-2": (-1, 1)}
    assert {key: (one.mean, one.of) for key, one in found.parties.items()} == {"alpha": (0, 2), "beta": (0, 2)}


def test_none_as_programs_write_it_is_missing_and_none_of_a_scale_is_not(tmp_path: Path) -> None:
    found = score(read(tmp_path, "commitment,A,B\nx,None,1\ny,none,1\n"), G20)
    assert [(one.mean, one.n) for one in found.commitments.values()] == [(1, 1), (0, 2)]
    assert "none_is_missing" in dict(found.warnings)


def test_ids_that_a_spreadsheet_turned_into_dates_are_named(tmp_path: Path) -> None:
    table = "Commitment name,A\nJan-85,1\n1-Feb,1\n2009-04-01,1\n04/01/2009,1\n2009-85,1\nIMF reform,1\n2-Mar-2009,1\n"
    ratings = read(tmp_path, table)
    assert dict(ratings.warnings)["id_is_a_date"].endswith(
        "5 ids into dates: Jan-85, 1-Feb, 2009-04-01, 04/01/2009, 2-Mar-2009"
    )


def test_printed_means_are_set_aside_and_checked(tmp_path: Path) -> None:
    table = "commitment,A,B,C,Average\nx,1,n/a,0,0.33\ny,1,1,n/a,1.00\nz,1,0,0,0.90\nOverall average,1.00,0.5,0,0.7\n"
    found = score(read(tmp_path, table), G20)
    assert list(found.parties) == ["A", "B", "C"]
    assert list(found.commitments) == ["x", "y", "z"]
    assert dict(found.warnings)["published_row"] == "row 5, Overall average: set aside, no commitment"
    says = dict(found.warnings)["published_means"]
    assert says == "of 3 printed means 1 come about with missing left out, 1 with missing as zero; by neither: z"


def test_a_pack_may_bring_a_scale_of_its_own() -> None:
    about = {
        "version": "1", "title": "Ours", "source": "here", "arithmetic": "mean", "percent": "plain", "level": "ordinal",
        "values": [{"word": "yes", "number": 1}, {"word": "no", "number": 0}],
    }  # fmt: skip
    assert scale_from("ours", about).in_percent(0.5) == 50
    values = [{"word": "yes"}]
    wrong: list[dict[str, object]] = [{"values": []}, {**about, "arithmetic": "magic"}, {**about, "values": values}]
    for broken in wrong:
        with pytest.raises(InputRefused):
            scale_from("ours", broken)


CELLS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from(["1", "0", "-1", "n/a"])),
    min_size=1, unique_by=lambda one: one[:2],
)  # fmt: skip


def scored(cells: list[tuple[str, str, str]], folder: Path, scale: str = "g20-2009") -> Scores:
    text = "commitment,party,value\n" + "".join(",".join(cell) + "\n" for cell in cells)
    return score(read(folder, text, scale), scales()[scale])


@settings(max_examples=120)
@given(CELLS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_score_and_every_n_can_be_counted(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str]], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("s")
    first = scored(cells, folder)
    mixed = list(cells)
    chance.shuffle(mixed)
    second = scored(mixed, folder)
    assert first.commitments == second.commitments
    assert first.parties == second.parties
    assert first.overall == second.overall
    for at, group in ((0, first.commitments), (1, first.parties)):
        for key, one in group.items():
            rows = [cell[2] for cell in cells if cell[at] == key]
            assert (one.n, one.of) == (sum(value != "n/a" for value in rows), len(rows))
            assert one.n == sum(one.counts.values())


@settings(max_examples=120)
@given(CELLS)
def test_one_more_missing_rating_never_changes_a_mean(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    before, after = scored(cells, folder), scored([*cells, (cells[0][0], "new", "n/a")], folder)
    assert {key: one.mean for key, one in before.commitments.items()} == {
        key: one.mean for key, one in after.commitments.items()
    }
    assert before.overall.mean == after.overall.mean
    assert after.overall.of == before.overall.of + 1


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_no_bytes_end_the_reader_in_anything_but_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("f") / "x.csv"
    for head in (b"commitment,A,B\n", b"commitment,party,value\n", b""):
        path.write_bytes(head + data)
        try:
            score(read_ratings(path, G20), G20)
        except (InputRefused, ManyRefused):
            continue


@pytest.mark.budget
def test_three_hundred_thousand_ratings_in_under_a_second() -> None:
    random_ = np.random.default_rng(1)
    commitments, parties, coders = 5000, 20, 3
    size = commitments * parties * coders
    ratings = Ratings(
        [f"c{at}" for at in range(commitments)], [f"p{at}" for at in range(parties)],
        np.repeat(np.arange(commitments), parties * coders), np.tile(np.arange(parties).repeat(coders), commitments),
        random_.integers(-1, 3, size),
    )  # fmt: skip
    assert cpu_of(lambda: score(ratings, G20), times=2) < 1


def test_sections_are_rolled_up_with_counts_of_their_own(tmp_path: Path) -> None:
    ratings = read(tmp_path, "commitment,A,B\n1.1,1,0\n1.2,-1,n/a\n2.1,1,1\n9.9,-1,-1\n")
    found = score(ratings, G20, sections={"1.1": "one", "1.2": "one", "2.1": "two"})
    said = {key: (one.mean, one.n, one.of) for key, one in found.sections.items()}
    assert said == {"one": (0.0, 3, 4), "two": (1.0, 2, 2)}
    assert "sections" in found.to_dict()
    assert "sections" not in score(ratings, G20).to_dict()
    held = read(tmp_path, "commitment,A,B\n1.1,1,1\n1.2,1,0\n", "aec-all")
    done = score(held, scales()["aec-all"], sections={"1.1": "one", "1.2": "one"})
    assert (done.sections["one"].mean, done.sections["one"].n) == (0.5, 2)


def test_a_scale_is_read_on_another_only_as_declared_and_says_what_it_loses(tmp_path: Path) -> None:
    table = "commitment,X,Y\na,complete,limited\nb,no evidence,not started\n"
    ratings = convert(read(tmp_path, table, "ogp-completion"), "ogp-completion", "g20-2009")
    found = score(ratings, G20)
    assert {key: (one.mean, one.n, one.of) for key, one in found.commitments.items()} == {
        "a": (0.5, 2, 2), "b": (-1.0, 1, 2),
    }  # fmt: skip
    assert "Substantial and limited become one value" in dict(found.warnings)["converted"]
    with pytest.raises(InputRefused, match="has no declared conversion to ogp-completion"):
        convert(ratings, "g20-2009", "ogp-completion")


def test_every_conversion_maps_every_value_to_one_of_the_other_scale_or_to_none() -> None:
    for one in conversions().values():
        assert set(one.words) == {value.word for value in one.source.values}
        assert set(one.words.values()) - {""} <= {value.word for value in one.target.values}
        assert one.loses


OURS = """
[ours]
version = "1"
title = "Ours"
source = "here"
arithmetic = "mean"
percent = "plain"
level = "ordinal"
values = [{ word = "yes", number = 1, also = ["ja"] }, { word = "no", number = 0 }]
"""


@pytest.mark.slow
def test_the_command_scores_on_a_scale_of_one_s_own(tmp_path: Path) -> None:
    scale, table = tmp_path / "ours.toml", tmp_path / "t.csv"
    scale.write_text(OURS, encoding="utf-8")
    table.write_text("commitment,A,B\nx,ja,no\n", encoding="utf-8")
    found = json.loads(run_cli("score", table, "--scale", "ours", "--scales", scale, "--json").stdout)
    assert found["commitments"]["x"]["percent"] == 50
    assert "is not one of" in run_cli("score", table, "--scale", "ours", code=2).stderr
    for broken in ("[", "[g20-2009]\n", "ours = 1\n", "[ours]\n"):
        scale.write_text(broken, encoding="utf-8")
        assert run_cli("score", table, "--scale", "ours", "--scales", scale, code=1).stdout == ""


@pytest.mark.slow
def test_both_commands_as_others_script_against_them(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(DENVER, encoding="utf-8")
    found = json.loads(run_cli("score", table, "--scale", "g8-2001", "--na", "as-zero", "--json").stdout)
    assert {"scale", "na", "commitments", "parties", "overall", "warnings"} <= set(found)
    assert set(found["overall"]) >= {"mean", "percent", "n", "N"}
    assert "0.29 as zero" in run_cli("score", table, "--scale", "g8-2001").stderr
    codes = tmp_path / "c.csv"
    codes.write_text("unit,coder,value\n1,A,1\n1,B,1\n2,A,0\n2,B,1\n3,A,0\n3,B,0\n", encoding="utf-8")
    said = json.loads(run_cli("agree", codes, "--level", "ordinal", "--json").stdout)
    assert {"alpha", "level", "units", "coders", "pairable", "interval", "bootstrap", "seed"} <= set(said)
    assert (said["units"], said["coders"], said["pairable"], said["bootstrap"]) == (3, 2, 6, 1000)
    assert "Krippendorff" in run_cli("agree", codes).stdout
    codes.write_text("unit,coder\n", encoding="utf-8")
    assert "is no table of codes" in run_cli("agree", codes, code=1).stderr
