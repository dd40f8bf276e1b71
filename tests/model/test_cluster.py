"""Many fits side by side: each task once, whoever dies."""

import os

import pytest

from model import cluster
from model.cluster import ClusterError


def doubled(number):
    return 2 * number, os.getpid()


def killed_once(task):
    """Kills its own process the first time that a task is tried."""
    number, mark = task
    if not mark.exists():
        mark.touch()
        os._exit(1)
    return 2 * number


def test_one_worker_is_this_process_and_each_task_is_made_once():
    made = dict(cluster.results(doubled, [1, 2, 3], workers=1))
    assert made == {number: (2 * number, os.getpid()) for number in (1, 2, 3)}
    assert list(cluster.results(doubled, [], workers=2)) == []


@pytest.mark.slow
def test_two_workers_are_other_processes_and_give_the_same():
    made = dict(cluster.results(doubled, [1, 2, 3, 4], workers=2))
    assert {number: result for number, (result, _) in made.items()} == {1: 2, 2: 4, 3: 6, 4: 8}
    assert os.getpid() not in {process for _, process in made.values()}


@pytest.mark.slow
def test_what_a_dead_worker_had_is_made_again(tmp_path):
    tasks = [(number, tmp_path / str(number)) for number in (1, 2)]
    made = {task[0]: result for task, result in cluster.results(killed_once, tasks, workers=2)}
    assert made == {1: 2, 2: 4}


@pytest.mark.slow
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_a_cluster_that_does_not_answer_is_named_in_one_line(address, monkeypatch):
    monkeypatch.setattr(cluster, "WAIT", "1s")
    with pytest.raises(ClusterError, match="tcp://host:8786") as problem:
        list(cluster.results(doubled, [1], scheduler=address))
    assert address in str(problem.value) and "\n" not in str(problem.value)
