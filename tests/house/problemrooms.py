"""A reported problem with a file, for the walk over every address."""

from pathlib import Path

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims.pictures import read
from campaigns.domain.problems import actions, evidence, queries
from campaigns.domain.problems.states import Kind
from tests.photos import photo


def problem_rooms(campaign: Campaign, data_dir: Path) -> dict[str, str]:
    told = actions.Told(Kind.FALSE, "عددها با هم نمی‌خوانند.", "", "fa")
    problem, _new = actions.report(campaign.id, told, "walk")
    evidence.keep(problem, read(photo()), data_dir)
    db.session.commit()
    (file,) = queries.evidence_of(problem)
    return {"case": problem.code, "problem": problem.public_id, "problem_file": file.public_id}
