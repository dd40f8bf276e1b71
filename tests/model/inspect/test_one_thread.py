"""Linear algebra keeps to one thread as long as anyone is inside, and no longer."""

from threadpoolctl import threadpool_info, threadpool_limits

from model.inspect.one_thread import one_thread


def blas_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_it_keeps_to_one_until_the_last_has_gone():
    with threadpool_limits(limits=2, user_api="blas"):
        first, second = one_thread(), one_thread()
        first.__enter__()
        second.__enter__()
        assert blas_threads() == {1}
        first.__exit__(None, None, None)
        assert blas_threads() == {1}
        second.__exit__(None, None, None)
        assert blas_threads() == {2}
