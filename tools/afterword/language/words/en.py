"""English."""

from __future__ import annotations

from afterword.language.model import Category, Group, Words, split
from afterword.language.words import names, sources

_PEOPLE = (
    "engineer", "engineers", "developer", "developers", "programmer", "programmers", "sysadmin", "sysadmins", "dba",
    "dbas", "sre", "sres", "technician", "technicians", "administrator", "administrators", "employee", "employees",
    "colleague", "colleagues", "coworker", "co-worker", "intern", "contractor", "contractors", "on-call", "oncall",
    "on-call engineer", "on-call developer", "on call engineer", "team member", "team members", "team lead",
    "tech lead", "manager", "managers", "responder", "responders", "incident commander", "reviewer", "reviewers",
    "somebody", "someone", "he", "she", "person", "people", "individual", "individuals", "staff", "staff member",
    "analyst", "analysts", "tester", "testers", "personnel", "operator", "operators", "maintainer", "maintainers",
)  # fmt: skip
_OWNERS = tuple(f"{word}'s" for word in (
    "engineer", "developer", "programmer", "sysadmin", "dba", "sre", "technician", "administrator", "employee",
    "colleague", "intern", "contractor", "on-call", "operator", "person", "team member", "somebody", "someone",
))  # fmt: skip

# What a person does at work; “to check”, “checked”.
_CHECK = (
    "check", "double-check", "verify", "test", "follow", "read", "review", "consider", "validate", "communicate",
    "coordinate", "tell", "inform", "notify", "understand", "realise", "realize", "anticipate", "document",
)  # fmt: skip
_CHECKED = (
    "checked", "double-checked", "verified", "tested", "followed", "read", "reviewed", "considered", "validated",
    "communicated", "coordinated", "told", "informed", "notified", "understood", "thought", "realised", "realized",
    "anticipated", "foreseen", "predicted", "expected", "noticed", "seen", "caught", "spotted", "detected",
    "discovered", "investigated", "looked", "known", "asked", "waited", "stopped", "paused", "planned", "prepared",
    "prevented", "avoided", "escalated", "announced", "questioned", "acted", "reacted", "responded", "started",
    "rolled back", "reverted", "disabled", "decided", "discussed", "involved", "called", "paged", "declared",
    "learned", "learnt", "remembered", "paid", "been more careful", "been told", "been informed", "been notified",
    "done", "been aware", "been faster", "been quicker", "been better", "rushed", "assumed", "relied", "trusted",
    "used", "run",
    "taken", "made", "fixed", "added", "removed", "kept", "chosen", "tried", "deployed", "merged", "pushed", "limited",
)  # fmt: skip
# Of these a person's failing is meant even when no person is named.
_EXAMINED = (
    "checked", "double-checked", "verified", "tested", "reviewed", "communicated", "addressed",
    "coordinated", "noticed", "caught", "spotted", "escalated", "anticipated", "foreseen", "planned", "discussed",
    "questioned", "announced", "rushed", "investigated", "thought through", "followed up",
)  # fmt: skip

_CLASSES = {
    "who": _PEOPLE,
    "whose": _OWNERS,
    "team": ("team", "teams"),
    "we": ("we", "our team"),
    "name": names.GIVEN,
    "names": tuple(f"{name}'s" for name in names.GIVEN),
    "how": ("simply", "just", "also", "again", "apparently", "clearly", "obviously", "completely", "unfortunately"),
    "lapse": (
        "forgot", "had forgotten", "neglected", "overlooked", "misread", "misjudged", "was careless",
        "were careless", "was negligent", "were negligent", "was not paying attention", "wasn't paying attention",
        "did not bother", "didn't bother", "did not pay attention",
        "didn't pay attention", "made a mistake", "made an error", "made the mistake", "screwed up", "messed up",
        "fat-fingered", "mistyped", "should know better", "knew better", "lacked the knowledge",
        "lacked the experience", "lacked the skills", "was inexperienced", "ignored the", "disregarded the",
    ),
    "judged": ("carelessly", "negligently", "recklessly", "foolishly", "mistakenly", "wrongly"),
    "not": ("failed to", "did not", "didn't"),
    "check": _CHECK,
    "checked": _CHECKED,
    "examined": _EXAMINED,
    "procedure": (
        "procedure", "procedures", "process", "runbook", "playbook", "instructions", "checklist", "protocol",
        "guidelines", "policy", "change process", "change procedure",
    ),
    "human-error": tuple(
        f"{who} {what}"
        for who in ("human", "operator", "pilot", "employee", "engineer", "developer", "administrator")
        for what in ("error", "errors", "mistake", "mistakes")
    ),
    "written": (
        "procedure", "procedures", "runbook", "playbook", "checklist", "guidelines", "change process",
        "change procedure",
    ),
    "outage": ("outage", "incident", "failure", "problem", "issue", "bug", "breakage", "error", "data loss"),
    "mistake": ("mistake", "error", "oversight", "negligence", "carelessness", "fault", "typo", "failure to"),
    "blamed": (
        "we", "they", "he", "she", "i", "it was", "this was", "that was", "it is clear", "it is obvious",
        "there was", "the team", "the engineer", "the operator", "this should", "that should", "should", "obvious",
        "obviously", "clearly",
    ),
    "signal": ("alert", "alerts", "page", "warning", "warnings", "sign", "signs", "signal", "notification"),
    "did": (
        "deleted", "ran", "pushed", "deployed", "picked", "selected", "chose", "typed", "entered", "used", "restarted",
        "merged", "applied", "edited", "stopped", "unplugged",
    ),
    "seen": ("tested", "checked", "known", "noticed", "realised", "realized", "asked", "waited", "followed"),
    "mishap": (
        "accidentally", "inadvertently", "mistakenly", "carelessly", "wrongly", "incorrectly", "unintentionally",
    ),
    "faulty": ("the wrong", "a wrong", "a bad", "a broken", "a faulty", "an incorrect"),
    "could": ("could have", "could've", "should have", "should've", "ought to have", "might have"),
    "should": ("should have", "should've", "ought to have"),
    "should-not": ("should not have", "shouldn't have", "should never have", "shouldn't've"),
}  # fmt: skip

_REPORTED = split("no not never without blame blaming blameless nobody if whether")

_GROUPS = (
    Group(
        Category.COUNTERFACTUAL,
        patterns=(
            "{who} {how}? {could} {how}? {checked}",
            "{team} {how}? {could} {how}? {checked}",
            "{we} {how}? {could} {how}? {checked}",
            "they {how}? {should} {how}? checked|tested|known|noticed|realised|realized|asked|told|seen|read|thought",
            "{who} {should-not} {checked}",
            "{we} {should-not} {checked}",
            "{team} {should-not} {checked}",
            "we|i would_have noticed|caught|seen|known|avoided|prevented|found|detected|spotted",
            "{who} needed to have {checked}",
            "{who} was|were supposed_to {check}",
            "if_only we|they|he|she|somebody|someone|people",
            "if_only the? {who}",
            "if_only the? {team}",
            "if_only there had",
            "had_we|had_he|had_she|had_somebody|had_someone|had_anyone {how}? {seen}",
        ),
        rewrite="Say what was done and what it was based on: what was visible then, and what made it the sensible "
        "thing. What is missing belongs to the actions.",
        source=sources.DEKKER_SHOULD,
        not_after=split("nothing nobody what which else"),
        unless=split("assume assumed assuming whether wonder"),
        not_before=("later", "it later", "it way later", "this later", "it much later"),
    ),
    Group(
        Category.COUNTERFACTUAL,
        patterns=("{should} been {examined}", "{should-not} been {examined}"),
        rewrite="Somebody is meant, though nobody is named. Say what the work looked like to those who did it, and "
        "what will be there the next time.",
        source=sources.DEKKER_SHOULD,
        mild=True,
        unless=split("nothing nobody than if whether"),
    ),
    Group(
        Category.COUNTERFACTUAL,
        patterns=(
            "could_have been prevented|avoided|averted|foreseen|anticipated",
            "could_have|might_have easily? been noticed|caught|detected|spotted|found earlier|sooner|before",
            "could_have|might_have prevented|avoided|averted|helped",
            "could_have|might_have caught|detected|stopped|noticed|found it|this|the",
            "could've|might've prevented|avoided|averted|helped|lead|led",
            "would_have prevented|avoided|averted|mitigated",
            "would_have been prevented|avoided|averted",
            "would_not_have|would_never_have|wouldn't_have happened|occurred",
        ),
        rewrite="Name what was missing as a fact (“No step compares …”, “The alert watches only …”) and what will be "
        "there as an action. What another past would have brought cannot be known.",
        source=f"{sources.DEKKER_SHOULD}; {sources.ALLSPAW}",
        mild=True,
        unless=split("nothing nobody than"),
        not_after=split("that which"),
    ),
    Group(
        Category.BLAME,
        patterns=(
            "{who} {how}? {lapse}",
            "{team} {how}? {lapse}",
            "{who} {not} {check}",
            "{team} failed_to {check}",
            "{team} did_not_follow|didn't_follow the|our|documented|established",
            "{who} {not} think to|of|about|ahead",
            "{who} incorrectly|falsely assumed|believed|thought|concluded",
            "{who} {judged} {any}",
            "{team} {judged} {any}",
            "{who} missed the|an {signal}",
            "{team} missed the|an {signal}",
            "{who} {did} the_wrong|wrong|an_incorrect|the_incorrect {any}",
            "{who} was|were to_blame|at_fault",
            "{who} was|were responsible_for the|this {outage}",
            "caused|introduced|triggered by a|an|the {who}",
            "caused|introduced|triggered by careless|negligent|inexperienced|incompetent {who}",
            "{mistake} by|of|from a|an|the|one|our {who}",
            "{mistake} made_by|committed_by {who}",
            "{mistake} on_the_part_of {who}",
            "{whose} {mistake}",
            "{who} should|ought_to have_known_better|know_better",
            "{who} is|was|are|were incompetent|sloppy|lazy|irresponsible|reckless|unqualified",
        ),
        rewrite="Ask what made it easy: what was on the screen, which default, which missing check, which pressure? "
        "Then let that be the subject of the sentence.",
        source=f"{sources.GOOGLE}; {sources.ALLSPAW}; {sources.ATLASSIAN}",
        unless=_REPORTED,
        not_after=split("if whether that's which"),
    ),
    Group(
        Category.BLAME,
        patterns=(
            "should have known better?",
            "ought_to have known better?",
            "carelessness|negligence|incompetence|sloppiness|recklessness",
            "careless|sloppy|negligent|incompetent mistake|mistakes|error|errors|work|engineering|deployment|change",
            "careless|sloppy|negligent|incompetent {who}",
            "rookie|stupid|silly|dumb|lazy|basic|elementary mistake|mistakes|error",
            "lack of care|attention|discipline|diligence|professionalism|competence",
            "poor|bad judgment|judgement",
            "no excuse for",
            "failed to follow the|our|this|established|agreed|documented|standard? {written}",
            "failure to follow the|our|established|agreed|documented|standard? {written}",
            "despite being|having_been told|warned|trained|reminded|aware",
            "{procedure} was|were not followed|respected",
            "{procedure} was|were ignored|disregarded",
        ),
        rewrite="Leave the judgement out and describe the situation: what did the work ask for, what did the tools "
        "show, how is it usually done? A procedure that is not followed says something about the procedure.",
        source=f"{sources.ALLSPAW}; {sources.GOOGLE}",
        unless=_REPORTED | {"requests", "clients", "redirects", "crawler"},
    ),
    Group(
        Category.BLAME,
        patterns=(
            "{we} {how}? {lapse}",
            "{we} failed_to {check}",
            "{we} missed the|an {signal}",
            "{we} wrongly|mistakenly|incorrectly|falsely assumed|believed|thought|concluded",
            "our|my own? mistake|fault|negligence|carelessness|oversight",
            "{we} had_no excuse",
        ),
        rewrite="“We” is kinder, and still ends at people. Say what made the thing look done or safe: which signal was "
        "there, which was missing, what would show it the next time.",
        source=f"{sources.DEKKER_SHOULD}; {sources.REED}",
        mild=True,
        unless=_REPORTED,
    ),
    Group(
        Category.HUMAN_ERROR,
        patterns=(
            "{human-error}",
            "human_failure|human_failing|human_oversight|human_negligence|human_carelessness|human_fault",
            "manual_mistake|manual_mistakes",
            "due|down|attributed|traced to a? user_error",
            "caused by a? user_error",
            "error on the_part_of",
            "pebkac|pebcak|fat-finger|fat-fingered|fat-fingering",
            "fat finger|fingers|fingered",
            "layer 8 problem|issue|error",
        ),
        rewrite="“Human error” is where the questions begin: what did the interface show, what did it accept without "
        "asking, which check stood behind it? Name that.",
        source=f"{sources.DEKKER_BOOK}; {sources.ALLSPAW}; {sources.MICROSOFT}",
        unless=split(
            "no not never isn't than instead label labels term avoid reduce reduces reducing eliminate eliminates "
            "prevent prevents preventing minimise minimize possible potential prone against called word words remove "
            "removes risk chance room allow allows understanding"
        ),
        not_before=(
            "is not",
            "is never",
            "isn't",
            "was not",
            "wasn't",
            "as a",
            "is where",
            "is a",
            "is the",
            "alone",
            "rate",
            "rates",
            "message",
            "messages",
            "code",
            "codes",
            "bias",
            "handling",
            "log",
            "logs",
            "state",
            "status",
            "reporting",
            "report",
            "output",
        ),
    ),
    Group(
        Category.NAMED,
        patterns=(
            "{name} {cap}? {how}? {lapse}",
            "{name} {cap}? {how}? failed_to {check}",
            "{name} {cap}? did_not|didn't {check}",
            "{name} {cap}? {how}? {could} {checked}",
            "{name} {cap}? {should-not} {any}",
            "{name} {cap}? {how}? {mishap} {any}",
            "{name} {cap}? {how}? caused|broke|misconfigured",
            "{name} {cap}? was|is responsible_for the|this {outage}",
            "{name} {cap}? was|is to_blame|at_fault",
            "{name} {cap}? ran|pushed|deployed|merged|used|applied|chose {faulty}",
            "caused|broken|introduced|triggered by {name}",
            "{mistake} by|of|from {name}",
            "{names} {mistake}",
            "{handle} {how}? {lapse}",
            "{handle} {how}? failed_to {check}",
            "{handle} did_not|didn't {check}",
            "{handle} {how}? {could} {checked}",
            "{handle} {how}? {mishap} {any}",
            "{handle} {how}? caused|broke|misconfigured",
            "{handle} was|is to_blame|at_fault",
            "caused|broken|introduced|triggered by {handle}",
            "{mistake} by|of|from {handle}",
        ),
        rewrite="Put the role in the place of the name (“the engineer on call”), and make the tool, the default or the "
        "missing check the subject of what went wrong.",
        source=f"{sources.PAGERDUTY}; {sources.GOOGLE}",
        unless=split("if whether"),
    ),
    Group(
        Category.HINDSIGHT,
        patterns=(
            "in|with hindsight ,? {blamed}",
            "with the benefit of hindsight",
            "looking_back ,? {blamed}",
            "in retrospect ,? {blamed}",
            "it is|was of_course|now|painfully|quite|so? obvious|clear in_hindsight|in_retrospect|that_we|that_they",
            "it was obvious",
            "was|were obvious|evident to anyone|everyone|everybody",
            "should have been obvious|clear|evident|apparent|visible",
            "clearly|obviously should|could|must",
            "as anyone|everyone|everybody could|can|would see|know|expect",
            "any competent|reasonable|sane engineer|developer|person|operator|team",
            "hard to believe that",
            "how_could we|they|anyone|nobody|he|she",
            "inexplicably|inexcusably|inexcusable",
        ),
        rewrite="Who reads this knows the ending; who was there did not. Say what could be seen at that minute, and by "
        "which means.",
        source=f"{sources.DEKKER_HINDSIGHT}; {sources.REED}",
        unless=split("not never avoid isn't wasn't only bias"),
        not_before=("bias",),
    ),
    Group(
        Category.CARE,
        patterns=(
            "be|being more|extra|very careful|cautious|attentive|aware|diligent|vigilant|mindful|thorough",
            "be much more careful|cautious|attentive|aware|diligent|vigilant|mindful|thorough",
            "be careful next_time|in_future|in_the_future",
            "pay|paying|paid more|closer|better|extra attention",
            "take|taking|taken more|extra|better|greater care",
            "more|better|greater discipline|diligence|vigilance|awareness|carefulness",
            "try harder",
            "remind everyone|everybody|engineers|developers|people|staff|the_team|all_teams|teams",
            "must_remember|need_to_remember|should_remember to|that",
            "need to be more|extra careful|cautious|attentive|aware|diligent|vigilant|mindful",
            "more careful|carefully when|with|studying|about|next_time|in_future|in_the_future",
        ),
        rewrite="Care is spent when the night is long. Ask what would work for somebody who is tired and new: a check, "
        "a default, a limit, an alert.",
        source=f"{sources.GOOGLE}; {sources.ALLSPAW}",
        unless=split("not instead than"),
    ),
)

WORDS = Words("en", _CLASSES, _GROUPS)
