"""Jobs that are stopped: whoever works for one hears so, whatever it waits for."""

from __future__ import annotations

import os
import select
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from studyguide.engine.job import EngineStopped, Job

PATIENT_SECONDS = 30.0


def test_a_result_that_comes_is_given() -> None:
    """As if there were no job."""
    future: Future[str] = Future()
    future.set_result("a page")
    assert Job().await_result(future) == "a page"


def test_a_failure_that_comes_is_raised() -> None:
    """In the thread that waits."""
    future: Future[str] = Future()
    future.set_exception(ValueError("no page"))
    with pytest.raises(ValueError, match="no page"):
        Job().await_result(future)


def test_a_result_that_does_not_come_is_a_timeout() -> None:
    """After the time that was given."""
    with pytest.raises(TimeoutError):
        Job().await_result(Future(), 0.01)


def test_who_waits_when_a_job_is_stopped_hears_so() -> None:
    """At once, and also who comes later, even if the result is there by then."""
    job = Job()
    future: Future[str] = Future()
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(job.await_result, future)
        job.stop()
        assert isinstance(pending.exception(PATIENT_SECONDS), EngineStopped)
    future.set_result("a page")
    with pytest.raises(EngineStopped):
        job.await_result(future)
    with pytest.raises(EngineStopped):
        job.check()


def test_a_job_that_runs_goes_on() -> None:
    """Nothing is said of its descriptor."""
    job = Job()
    job.check()
    assert select.select([job.descriptor], [], [], 0)[0] == []


def test_a_descriptor_says_that_a_job_was_stopped() -> None:
    """However often that is said."""
    job = Job()
    job.stop()
    job.stop()
    assert select.select([job.descriptor], [], [], 0)[0] == [job.descriptor]


@pytest.mark.parametrize("is_stopped", [True, False])
def test_a_job_that_is_over_leaves_nothing_open(*, is_stopped: bool) -> None:
    """A watcher has thousands in a day."""
    job = Job()
    descriptor = job.descriptor
    if is_stopped:
        job.stop()
    del job
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
