"""The crowd beside the model: only on the deadline that both have, and only what it had said."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.evidence import load_evidence
from model.record.walk.crowd import Question, crowd, questions
from model.scenario import SCENARIO_FOLDER, load_scenario

END = date(2023, 12, 31)


@pytest.fixture(scope="module")
def evidence():
    return load_evidence(SCENARIO_FOLDER, date(2024, 6, 1))


def test_every_question_is_one_of_the_crowds_and_names_an_outcome(evidence):
    known = questions(SCENARIO_FOLDER)
    assert {one.question for one in known} == set(evidence.crowd["question"])
    assert {one.outcome for one in known} <= set(load_scenario(SCENARIO_FOLDER).outcome_ids)
    assert all("Ours is" in one.differs for one in known)


def test_the_crowds_last_value_by_the_day_stands_beside_the_same_deadline(evidence):
    rows = pd.DataFrame(
        {
            "outcome": ["renewed_offensive"] * 4 + ["peace_treaty"],
            "as_of": [date(2023, 10, 17), date(2023, 10, 20), date(2023, 10, 20)] + [END] * 2,
            "deadline": [END, END, date(2024, 1, 20), END, END],
        }
    )
    said = crowd(rows, evidence, questions(SCENARIO_FOLDER))
    # It was asked from 18 October: 0.275 that day, 0.191 on the 19th, none on the 20th.
    assert said.iloc[1] == 0.191
    assert np.isnan(said.iloc[[0, 2, 4]]).all() and said.iloc[3] > 0


def test_a_folder_without_such_a_file_has_no_questions(tmp_path):
    assert questions(tmp_path) == []


def test_a_question_of_another_form_is_refused(tmp_path):
    (tmp_path / "crowd_questions.toml").write_text('[[question]]\nquestion = "Rain?"\n')
    with pytest.raises(ValueError, match="outcome"):
        questions(tmp_path)
    assert Question(question="Rain?", outcome="rain", differs="by the hour").outcome == "rain"
