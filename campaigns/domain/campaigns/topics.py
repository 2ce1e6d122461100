"""What campaigns are about, what happens at the goal, and the words for both."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Topic(StrEnum):
    MARRIAGE = "marriage"
    HEALTH = "health"
    DISABILITY = "disability"
    HOUSING = "housing"
    EDUCATION = "education"
    FOOD = "food"
    CRISIS = "crisis"


TOPIC_LABELS = {
    Topic.MARRIAGE: _l("Dowry and marriage"),
    Topic.HEALTH: _l("Health and treatment"),
    Topic.DISABILITY: _l("Disability"),
    Topic.HOUSING: _l("Housing"),
    Topic.EDUCATION: _l("Education"),
    Topic.FOOD: _l("Food vouchers"),
    Topic.CRISIS: _l("Crisis relief"),
}


class GoalPolicy(StrEnum):
    CONTINUE = "continue"
    CLOSE = "close"
    SIBLING = "sibling"


GOAL_POLICY_LABELS = {
    GoalPolicy.CONTINUE: _l("Go on: each further unit helps one more"),
    GoalPolicy.CLOSE: _l("Close: no gift is taken after the goal"),
    GoalPolicy.SIBLING: _l("Send on: givers are led to a sister campaign"),
}
