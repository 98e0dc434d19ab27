"""Signs of what comes after the beginning: noticed, acknowledged, mitigated, resolved. Data, with reasons."""

from __future__ import annotations

from afterword.migration.milestones.lists import Sign

MACHINE = r"""
    (stackdriver|sentry|cloudwatch|grafana|new relic|statuscake) (\w+ ){0,3}?(sen[dt]|report|notif|post|e?mail)\w*
    alert(s|ed|ing)?|alarm(s|ed)?|pager ?duty|paged|pingdom|automated (message|warning|email|notification)
    (receiv|get|got)\w* (an? |the )?(\w+ )?(pagers?|pages?)( storm)?(?! (load|view|cache|fault))
    pagers? (storm|goes off|went off)
    page[sr]? (\w+ ){0,4}?(on-?call|by|fir\w+|trigger\w*|sent|for)
    monitor(s|ing)? (\w+ ){0,4}?(detect|report|fir|trigger|show|alert|flag)\w*
    alertas?|alarmes?|cảnh báo
"""
"""A machine noticed."""

SEEN = r"""
    {people} (\w+ ){0,4}?(reports?|reported|reporting|complain\w*|notif\w+|informs?|informed|flag(s|ged)|raise[sd]?)
    {people} (\w+ ){0,2}?(e-?mail(s|ed)|writes|wrote)(?! back)
    {people} (\w+ ){0,4}?(observe[sd]?|submitted a (bug )?report|post(s|ed) (in|on|about))
    {people} (\w+ ){0,4}?reach(es|ed|ing) out (to (us|the|our|support)|that|in|on|about|with)
    (reported|notified|informed|flagged|raised|observed|alerted|pinged|told) (\w+ ){0,6}?(by|of|about|on|in|via)
    {trouble} (is |was |were |are )?(first )?reported
    reports? (?!\w+ instead)(\w+ ){0,2}?(that|of|from|by|about|receiv\w+)|submitted a bug report|disclosed to
    reported (seeing|that|missing|as)|(first|initial) contact (by|from)
    [^\W\d_]+ \| (first )?reports?|{people} (\S+ ){0,4}?identif(y|ies|ied) that
    {people} (gets?|got|receives?|received) (\w+ ){0,2}?(calls|complaints|tickets|reports)
    receive[sd] (an? |the )?(\w+ )?(email|e-mail|message|notification|call|report|warning)
    (email|e-mail|message|notification) (was |is )?received
    (sees|saw) (\S+ ){0,2}?(errors?|failures?|timeouts?|exceptions?)
    (we|i|they) (\w+ )?(saw|observed?|found out|got (an? )?(alert|message|call|report))
    (researchers?|reporters?|finders?) (\w+ ){0,2}?(provide|share|disclose)[sd]? (\w+ )?details (of|about|on)
    identified (an? |the )?(problem|issue) with|(problem|issue) (\S+ ){0,12}?(is|was) identified (by|through|via)
"""
"""Somebody noticed, who may see a failure long after it begins."""

TELLS = r"""
    {people} (\S+ ){0,6}?(provide[sd]?|share[sd]?|sen[dt]s?|forward(s|ed)|mention(s|ed)|announce[sd]?)
"""
"""Somebody passes on what they have seen: with words of failure in the same row they noticed."""

DETECTED = (
    Sign(3, "says so by name", r"""
        detected|detects|detection|noticed|notices|spotted(?!-)|spots|discovered|discovers|discovery|witnessed
        recogni[sz]e[sd]|reali[sz]e[sd]|(we|i|they|users|engineers|developers) (also |then |first )?notice
        (?<!to )detect (an? |the )?(\w+ )?(issues?|problems?|errors?|failures?|outage)
        (became|becomes|made) aware|first (\w+ ){0,2}?(alerts?|reports?|reported|noticed|seen|instance)
    """),
    Sign(2, "a machine noticed", MACHINE),
    Sign(2, "somebody noticed", SEEN),
    Sign(2, "Portuguese", r"""
        detect(ad[oa]s?|ou|amos|ado)|detec[cç][aã]o|percebe\w+|percebid\w+|notou|notamos|notad\w+|alertad\w+
        (clientes?|usu[aá]rios?) (\w+ ){0,2}?(relat\w+|report\w+|reclam\w+|inform\w+)|(relat|report|inform)ad[oa]s? por
    """),
    Sign(2, "Vietnamese", r"""
        phát hiện|nhận thấy|nhận được (báo cáo|phản ánh)|(khách hàng|người dùng) (\S+ ){0,2}?(báo|phản ánh)
    """),
    Sign(1, "what follows at once when somebody has noticed", r"""
        investigations?|started looking|looking into|incident (\w+ )?(created|raised|declared|opened)
        (create|raise|declare|open)[sd]? (an? )?(\w+ )?incident
        identified|verified|verification|confirmed|notif\w+|aware|report\w*
    """),
)  # fmt: skip
"""Somebody or something noticed."""

NOT_DETECTED = r"""
    (not|never) (\w+ )?(detected|noticed|alerted|reported|paged|discovered|firing|fired|trigger(ed)?)
    (nothing|nobody|no one|none) (\w+ )?(alert|detect|notic|fire|page|report)\w*
    un(detected|noticed)|recurrences?|reoccurrences?|recurr(s|ed)|recurs|reoccur(s|red)
    (did|was|were|had|has)n't (\w+ )?(detected|noticed?|alert|reported|page|discovered|fire|trigger)
    (no|missing|without|silenced?|muted?|disabled?|add(ed|s|ing)?|creat(ed|es|ing)) (an? )?(\w+ )?(alerts?|alarms?)
    (no|missing|without|add(ed|s|ing)?) (\w+ )?(monitoring|reports?)|no (more |new |further )?(alerts|reports)
    (lists?|users|customers|clients|community|stakeholders|everyone|public|leadership) (is|are|was|were) (\w+ )?notified
    alert(s|ed) (the |our )?(\w+ ){0,2}?(providers?|partners?|exchanges?|stakeholders|leadership|management)
    (detect|notic)\w* (that )?(an? |the )?new (\w+ )?(version|release|image|commit)
    alert(s|ing)? (\w+ ){0,3}?(resolved|clear(s|ed)?|stop(s|ped)?|recovered|ok|closed|silenced)|(last|final) alert
    report(s|ed|ing)? (\w+ ){0,6}?(back|fix|fixed|resolved|works?|working|normal|fine|ok|healthy|recovered)
    report(s|ed|ing)? (\S+ ){0,6}?(pass|passes|passed|succeed(s|ed)?|success|successful(ly)?)
    alert(s|ing)? (\S+ ){0,5}?(revived|set up|configured|improved|created|added|introduced|tuned|merged)
    alert(s|ing)? (\S+ ){0,5}?(lands?|landed|hardens?|hardened)
    (tls|ssl|handshake) alerts?
    to alert|alert(s|ed|ing)? (users|customers|clients|everyone|the public)|(underlying|root) (cause|issue|problem)
    no (\w+ ){0,4}?(detected|noticed|reported|observed|discovered)
    (if|whether) (\w+ ){0,3}?(alert|detect|notice|report)\w*
    n[aã]o (foi |foram )?(detectad|alertad|percebid)\w*|sem alertas?|không (phát hiện|có cảnh báo)
"""
"""Words beside those of detection that say the opposite, or the end of it."""

DECLARED = r"""
    incident (\w+ )?(created|raised|declared|opened)|(create|raise|declare|open)[sd]? (an? )?(\w+ )?incident
"""
"""Somebody had noticed by then, whatever is reported later."""

ACKNOWLEDGED = (
    Sign(3, "says so by name", r"""
        (acknowledge[sd]?|acknowledging|ack('?ed|'d|s)?)(?! (that|the (need|risk|mistake|value)))
    """),
    Sign(3, "Portuguese and Vietnamese", r"""
        (alerta|incidente|chamado) (foi )?(reconhecid|assumid|aceit)\w+|reconheceu o (alerta|incidente)
        (tiếp nhận|xác nhận) (cảnh báo|sự cố)
    """),
)  # fmt: skip
"""Somebody took it on. Looking into it is no such word: it may be hours later."""

MITIGATED = (
    Sign(3, "says so by name", r"""
        mitigate[sd]|mitigation (\w+ )?(completed?|in place|applied|successful|deployed|effective)
        work-?around (\w+ )?(applied|in place|deployed|implemented|works)
        ((customer|user|client)s?[ -])?impact (is |was |has )?(over|ends?|ended|ceased|stops?|stopped|gone)
        end of (the )?(customer |user )?impact
    """),
    Sign(3, "Portuguese and Vietnamese", r"""
        mitigad[oa]s?|fim do impacto|impacto (encerrado|cessou|terminou)
        đã giảm thiểu|hết ảnh hưởng|kết thúc ảnh hưởng
    """),
)  # fmt: skip
"""Users are well again."""

REPAIRED = r"""
    fix(es|ed)?|hotfix|patch(ed)?|roll(ed)?[ -]?back|revert(ed|s)?|re-?start(ed|s)?|re-?deployed|deployed|applied
    (re)?attached|removed|deleted|disabled|enabled|replaced|cleared|terminated|stopped
    rebooted|scaled|corrected|re-?run|updated|upgraded|killed|cancelled|erased
    (release|version|fix|patch|image|package) (\S+ ){0,3}?published|installed
    re-?enabled|enables|increased|raised|revoked|destroyed|(was|is|were|got) released
"""
"""What ends a failure, if nothing failed after it."""

TALK = r"""
    reach(es|ed)? out|contact(s|ed)|discuss\w*|called|e-?mail(s|ed)|investigat\w*|respond(s|ed)|meeting
    banner|exploit\w*|write-?up|blog|retrospective|post-?mortem|improve\w*|dependabot|ui warning
    notified|announce[sd]?|mailing list
    explain(s|ed)|noted
"""
"""A row that tells of talk, which may mention a repair."""

RESOLVED = (
    Sign(3, "the incident is over", r"""
        resolved|{trouble} (\w+ ){0,2}?(ends?|ended|closed|solved|fixed|gone|ceased|cleared)|all[ -]clear
        {trouble} (\w+ ){0,2}?over(?! (?!(for|by|at|after|now|when|as|since|on|before)\b)\w)
        end of (the )?{trouble}|(solve[sd]|resolves) the (issue|problem|incident)
        (clos(e|es|ed|ing)) (the |this )?(incident|outage)
        resolving (the|this) (\w+ )?{trouble}
    """),
    Sign(3, "a release that carries the fix", r"""
        released?,?( \w+){0,8}? (with|includ\w+|contain\w+|has|had|that) .{0,60}?(fix|fixes|fixed|patch(es)?|hotfix)
        (patched|fixed|hotfix) (version|release) (\S+ )?(was |is )?(released|published|out)
    """),
    Sign(2, "a fix where users have it", r"""
        (hot ?)?fix (\w+ )?(deployed|released|rolled out|shipped|pushed) (\w+ ){0,2}?(live|production|prod|everywhere)
        (hot ?)?fix (\w+ )?(deployed|released|rolled out|shipped|pushed) to all( \w+)?
    """),
    Sign(2, "working again", r"""
        {thing} (\w+ ){0,5}?(restored|recovered|recovers|operational|functional|healthy)
        {thing} (\w+ ){0,5}?(?<!gets )(?<!got )back( up| online)?
        released that \w+s
        {thing} (is|are) (now )?up(?! to \w)
        (back|returns?|returned|recover(s|ed)) to 100( ?%| percent)?
        {thing} (\w+ ){0,5}?(normal(i[sz]ed)?|working|up again|available|running|stable|works|fine)
        (resume[sd]?) (\w+ ){0,2}?(operations?|production|services?|processing|traffic)
        (announce|confirm|declare)[sd]? (the )?(\w+ )?(recovery|resolution|restoration) (of|to)
        (fully )?recovered|restored|back (to normal|online|up)|back (in |to )?operation(al)?|up and running
        (works|worked|working|operational|(?<!to )work) again|all good
        return(s|ed) to (an? |the |its |their )?(normal|baseline|healthy|(steady|stable|normal|healthy) state)
        back to (an? |the |its |their )?(\w+ ){0,2}?(healthy|normal|working|functional) state
        operating normally|recovery (is |was )?(completed?|confirmed|notification|alert)
        (restore|restoration|fail-?over) (of (\S+ ){1,4})?(is |was )?(completed?|finished|done)
        (?<=\A)(recovery|resolution)(?=\Z|:)
        (confirm|verif|report|see)\w* (\w+ ){0,6}?(resolved|fixed|fix(es)? (\w+ )?works?|works|working|healthy)
        (confirm|verif|report|see)\w* (\w+ ){0,6}?worked(?! (with|on|together|through|closely|around|hard|to)\b)
        (confirm|verif|report|see)\w* (?!back to )(\w+ ){0,6}?(operational|restored|available)
        (confirm|verif|report|see)\w* (?!back to )(\w+ ){0,6}?(?<!rolling )(?<!rolled )back
        (confirm|verif|report|see)\w* (?!back to )(\w+ ){0,6}?(clean|normal|stable|recovered)
        (confirm|verif|report|see)\w* (\w+ ){0,6}?expected
        (confirm|verif)\w* (\S+ ){0,14}?(is|are|was|were|now|been) (fixed|resolved|working|healthy|restored)
        resolution (is |was )?(confirmed|completed?)
        (full|complete|total) (\w+ )?(recovery|restoration)
        (verified|confirmed|determined|concluded) .{0,60}?false (positive|alarm)
        availability confirmed
        (is|are|was|were) (\w+ing|empty|complete|clean) .{0,60}?again(?=\W*\Z)
        permanently (fixed|deleted|removed|solved)
    """),
    Sign(2, "Portuguese", r"""
        (resolvid|solucionad|restabelecid|restaurad|normalizad|corrigid|recuperad)[oa]s?|incidente (encerrado|fechado)
        volt(ou|aram) ao normal|opera[cç][aã]o normal|fim do incidente
    """),
    Sign(2, "Vietnamese", r"""
        đã (được )?(khắc phục|giải quyết|khôi phục|xử lý)|(khôi phục|hoạt động) (hoàn toàn|bình thường)
        trở lại bình thường|kết thúc sự cố|đóng sự cố
    """),
    Sign(1, "what repaired it", REPAIRED),
    Sign(1, "what confirms it", r"""
        verified|confirmed|concluded|completed?|finished|up again
    """),
)  # fmt: skip
"""It is over."""

RESUMED = r"""
    (starts?|started|begins?|began|resumes?|resumed) \w+ing .{0,80}?again
    (chain|network|service|traffic|production) (resumes|resumed)
    (errors?|alerts?|timeouts?|5xx|failures?) (\w+ ){0,2}?(stop(s|ped)?|ceased?|cleared|subsided?|gone)
    no longer (fail\w*|crash\w*|see\w*|timing out|any (errors?|issues?|problems?))
    no (more|further) (errors?|issues?|problems?)
    (errors?|failures?|timeouts?|exceptions?|5xx) (\w+ ){0,3}?(drop|fall|fell|go|went)\w* (\w+ ){0,2}?to (zero|0)
"""
"""Working again, in words that would deny or only begin something else."""

NOT_YET = r"""
    not|never|no|nothing|none|nobody|unable|cannot|neither|nor|\w+n't|partial(ly)?|some of|most of|mostly|almost|nearly
    half|un(success\w+|resolved|fixed)|attempt\w*|try|tries|tried|trying|fail(s|ed|ing)?|without success
    will|would|should|could|may|might|must|can be|plan(s|ned|ning)?|expect(s|ing)|hop(e|es|ed|ing)|await\w*|wait(ing)?
    until|unless|if|whether|once|going to|(has|have|had|yet) to be|to be (fixed|resolved|restored|deployed|done)
    in order to|needs?|propos\w+|suggest\w*|recommend\w*|consider\w*(?! (resolved|over|closed|fixed)\b)
    agree[sd]? (to|that|on)
    decid\w+ (on|to|not)|decision (to|was)|ask(s|ed|ing)?|request(s|ed)? (to|that)|pending|eta|estimated|schedul\w+
    to (verify|fix|resolve|restore|recover|mitigate)
    starts?|started|begins?|began|starting|beginning|work(s|ed|ing)? on|continu\w+|in progress|underway
    seems?|seemed|appears? to|apparently|believ\w+|thought|think|assum\w+|potential(ly)?|possib\w+|temporar\w+
    (their|its|whose) (\w+ )?status ?page
    (funds?|assets?|tokens?|money|coins?|\d+\.\d+ \w+) ((is|are|was|were) )?(recovered|returned|restored)
    sandbox|staging|in stage|locally|test environment|dev environment|canary
    (pull request|pr)(?! ((was|is|got|#?\d+) )?merged)
    n[aã]o|nunca|sem sucesso|tent\w+|ser[aá]|deve(r[aá]|ria)?|poder?ia|parcial\w*|planej\w+|aguard\w+|at[eé] que|se
    không|chưa|chẳng|thử|cố gắng|sẽ|nên|có thể|dự kiến|một phần|chờ|đợi|nếu
"""
"""Denied, in part, attempted, planned, asked for, begun, guessed, or tried elsewhere first: the clause says nothing."""

NOT_QUITE = r"""
    partial(ly)?|some|half|most|not|\w+n't|fail\w*|only|temporar\w+|still|yet|parcial\w*|apenas|ainda|một phần|chưa
    (in|of|to|on) (the |our )?(sandbox|staging|test|dev)( \w+)?
"""
"""The same behind the words: “restored for some users”."""

MENDING = r"""
    fix (\S+ ){0,3}?(started|applied|deployed|pushed|committed|tried)
    (push|appl|deploy|tr|start|commit)\w* (\S+ ){0,3}?(hot)?fix|roll(ed|ing|s)? ?back|rollback|work-?around
"""
"""Somebody tries to mend it, who has noticed by then."""

INVESTIGATED = r"""
    investigations? (was |is |were )?(begins?|began|begun|starts?|started|opened|launched)
    (begins?|began|starts?|started) (an? |the |to |our )?(\w+ )?(investigat\w+|looking into)
    diagnosed
    root cause (\w+ ){0,3}?(found|identified|determined|confirmed)|(found|identified|determined) (the )?root cause
"""
"""Somebody looks into it, who has noticed by then."""

LASTING = r"""
    permanent\w*|long[- ]term|for good|releas(e|ed)|definitiv\w+|vĩnh viễn
"""
"""For good: what came before helped for the time being."""

ELSEWHERE = r"""
    see (the )?(separate|other)
    (separate|another|different|previous|earlier|next|unrelated|other) (\w+ )?(incident|outage|post-?mortem)
    (separate|another|different|previous|earlier|unrelated) (\w+ )?(issue|problem)
    outro incidente|sự cố khác
"""
"""Rows about something else."""
