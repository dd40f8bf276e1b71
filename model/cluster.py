"""Many fits side by side: in processes of this machine, or on a Dask cluster at an address."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from threadpoolctl import threadpool_limits

# One worker, one core: chains are sampled one after the other, and no library starts threads of
# its own, whose sums could differ in the last digit.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
# Dask has workers give back each 64 kB that is free, and GNU's malloc, once told so, each array of
# 128: they would spend a tenth of a fit on asking for them again. In bytes, the most that it takes.
ENVIRONMENT = "distributed.nanny.pre-spawn-environ"
KEPT_FREE = {
    f"{ENVIRONMENT}.MALLOC_TRIM_THRESHOLD_": 2**27,
    f"{ENVIRONMENT}.MALLOC_MMAP_THRESHOLD_": 2**25,
}
LOST = 20  # workers that may die with one piece of work before it is given up: it then kills them
WAIT = "60s"  # for a cluster to answer at its address


class ClusterError(Exception):
    """A cluster that cannot be used, or that lost a piece of work; the message is one line."""


def results[Task, Result](
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[tuple[Task, Result]]:
    """Each task with what `work` makes of it, as it comes; any order.

    workers: processes on this machine, default: one per core; 1 is this process itself. scheduler:
    the address of a Dask scheduler, as tcp://host:8786, whose workers have this code. What a dying
    worker had not handed over is made again by another. `work` and the tasks can be pickled.
    Raises ClusterError, and what `work` raises.
    """
    count = min(workers or os.cpu_count() or 1, len(tasks))
    if scheduler is None and count <= 1:
        for task in tasks:
            with threadpool_limits(limits=1):
                made = work(task)
            yield task, made
        return
    yield from _by_dask(work, tasks, count, scheduler)


def _by_dask(work, tasks: Sequence, workers: int, scheduler: str | None) -> Iterator[tuple]:
    from distributed import KilledWorker, as_completed

    with ExitStack() as stack:
        client = stack.enter_context(_client(workers, scheduler, stack))
        futures = {client.submit(work, task, pure=False): task for task in tasks}
        try:
            for future in as_completed(list(futures)):
                made = future.result()
                # or a worker that dies later would have it made again
                future.release()
                yield futures.pop(future), made
        except KilledWorker as problem:
            raise ClusterError(
                f"{problem.allowed_failures + 1} workers died with one piece of work, the last was "
                f"{problem.last_worker}; it may need more memory than they have"
            ) from None


def _client(workers: int, scheduler: str | None, stack: ExitStack):
    import dask
    from distributed import Client, LocalCluster

    if scheduler is None:
        stack.enter_context(dask.config.set(KEPT_FREE))
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            env=ONE_THREAD,
            # a worker that dies takes blame for all that it was given, though it did one of them
            scheduler_kwargs={"allowed_failures": LOST},
            silence_logs="ERROR",
        )
        return Client(stack.enter_context(cluster))
    try:
        return Client(scheduler, timeout=WAIT)
    except (OSError, ValueError, TimeoutError) as problem:
        raise ClusterError(
            f"no Dask scheduler answers at {scheduler!r} ({type(problem).__name__}); expected an "
            "address such as tcp://host:8786; start one with `dask scheduler`"
        ) from None
