"""Every table, imported once so that the metadata is whole (migrations, `create_all`, tests)."""

from campaigns.base import buckets, stamps
from campaigns.domain.accounts import models as accounts
from campaigns.domain.accounts import team_models
from campaigns.domain.audit import models as audit
from campaigns.domain.campaigns import (
    block_models,
    clones,
    draft_models,
    frame_sites,
    history,
    version_models,
)
from campaigns.domain.campaigns import models as campaigns
from campaigns.domain.claims import models as claims
from campaigns.domain.contributions import models as contributions
from campaigns.domain.contributions import text_models
from campaigns.domain.counter import batch_models
from campaigns.domain.counter import models as counter
from campaigns.domain.deliveries import models as deliveries
from campaigns.domain.erasure import models as erasure
from campaigns.domain.exports import models as exports
from campaigns.domain.factors import models as factors
from campaigns.domain.families import models as families
from campaigns.domain.funds import models as funds
from campaigns.domain.funds import paper_models
from campaigns.domain.goods import need_models, pledge_models
from campaigns.domain.goods import stock_models as stock
from campaigns.domain.ledger import breach_models, flows, seal_models
from campaigns.domain.ledger import models as ledger
from campaigns.domain.mandates import models as mandates
from campaigns.domain.matching import models as matching
from campaigns.domain.moderation import appeal_models, queue_models
from campaigns.domain.moderation import models as moderation
from campaigns.domain.notices import models as notices
from campaigns.domain.partners import models as partners
from campaigns.domain.payments import health, terminal_proposals, terminals
from campaigns.domain.payments import models as payments
from campaigns.domain.pictures import models as pictures
from campaigns.domain.problems import models as problems
from campaigns.domain.refunds import models as refunds
from campaigns.domain.regions import models as regions
from campaigns.domain.reminders import models as reminders
from campaigns.domain.reports import models as reports
from campaigns.domain.settlements import models as settlements
from campaigns.domain.statements import models as statements
from campaigns.domain.supporters import models as supporters
from campaigns.domain.supporters import source_models
from campaigns.domain.volunteers import hour_models, profile_models, shift_models, surge_models
from campaigns.domain.webhooks import models as webhooks

ROOMS = (
    buckets,
    stamps,
    regions,
    audit,
    accounts,
    factors,
    pictures,
    campaigns,
    block_models,
    history,
    clones,
    frame_sites,
    version_models,
    draft_models,
    ledger,
    seal_models,
    breach_models,
    flows,
    families,
    contributions,
    text_models,
    notices,
    need_models,
    pledge_models,
    stock,
    terminals,
    terminal_proposals,
    health,
    payments,
    claims,
    counter,
    batch_models,
    refunds,
    statements,
    settlements,
    reports,
    funds,
    paper_models,
    matching,
    partners,
    deliveries,
    problems,
    team_models,
    supporters,
    source_models,
    moderation,
    queue_models,
    appeal_models,
    reminders,
    mandates,
    exports,
    profile_models,
    surge_models,
    shift_models,
    hour_models,
    webhooks,
    erasure,
)
