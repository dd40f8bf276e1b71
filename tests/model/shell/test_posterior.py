"""`python -m model posterior`: the file it writes, and its one-line errors."""

import pytest
import xarray as xr

from tests.model.shell.test_shell import shell
from tests.slow_cases import sampled


@pytest.mark.slow
def test_the_posterior_of_the_default_day_is_written(fitted, fitted_home, tmp_path):
    out = tmp_path / "fit.nc"
    assert shell("posterior", str(out), home=fitted_home) == (0, "", "")
    with xr.open_datatree(out, engine="h5netcdf") as tree:
        assert tree.attrs["run"] == fitted.id
        assert tree["posterior"].sizes["draw"] == 1000


REFUSED = {
    "a wrong ending": (
        ["fit.csv"],
        "fit.csv: the posterior is a netCDF file; end its name with .nc",
    ),
    "no folder": (["nowhere/fit.nc"], "there is no folder nowhere; make it first"),
    "an unknown run": (["fit.nc", "--run", "0123456789ab"], "no run 0123456789ab"),
    "a day before the first": (["fit.nc", "--as-of", "2020-12-31"], "choose a day from"),
}


@pytest.mark.parametrize("case", sampled(REFUSED, 4))
def test_what_cannot_be_written_gets_one_line_and_no_file(case, tmp_path):
    (name, *options), reason = REFUSED[case]
    out = name if "/" in name else str(tmp_path / name)
    code, printed, err = shell("posterior", out, *options, home=tmp_path)
    assert (code, printed) == (1, "")
    (line,) = err.splitlines()
    assert line.startswith("error: ") and reason in line
    assert list(tmp_path.glob("*.*")) == []
