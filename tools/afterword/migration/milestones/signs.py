"""Signs: the words of a row that say that something began to fail. Data, with the reason beside each."""

from __future__ import annotations

from afterword.migration.milestones.lists import Sign

STARTED = (
    Sign(3, "the incident itself begins", r"""
        {trouble}( (has|had|first|likely|actually))? (begins?|began|starts?|started|starting|commence[sd]?)
        (start|begin|beginning|onset) of (the |an? )?(\w+ )?{trouble}
        starts? (of )?impact
    """),
    Sign(3, "the first of its kind", r"""
        first (\w+ )?(occurr?ences?|symptoms?|signs? of|failed|failing|failures?|errors?|impact)
    """),
    Sign(3, "Portuguese: the incident begins", r"""
        in[ií]cio d[aoe]s? {trouble}
        {trouble} (come[cç]ou|come[cç]a|teve in[ií]cio|iniciou|inicia)
        primeir[oa]s? (erros?|falhas?|sinais|sintomas?)
    """),
    Sign(3, "Vietnamese: the incident begins", r"""
        bắt đầu (xảy ra |có )?{trouble}
        {trouble} (bắt đầu|xảy ra)
    """),
)  # fmt: skip
"""The incident itself begins."""

NO_START = r"""
    (investigat|troubleshoot|analy[sz]|debugg)\w*
    on-failure
    (call|meeting|bridge|war ?room|discussion|response|work|rollback|fix|maintenance|remediation)
    (around|since|before|after|near|from|until|during|prior to|logs?) (the )?(time of )?(the )?(start|begin\w*|onset)
    (investiga[cç][aã]o|an[aá]lise|reuni[aã]o)
    điều tra|phân tích|cuộc họp
"""
"""In the same clause: what begins is an answer to it, or a time that the row looks back to."""

FAILING = (
    Sign(2, "something begins to fail", r"""
        (starts?|started|begins?|began|starting) (\w+ )?(to )?(fail|time? ?out|timing out|return|crash|drop)\w*
        (starts?|started|begins?|began|starting) (\w+ )?(to )?(los[ei]|degrad|decreas|slow|reject|throw)\w*
        (starts?|started|begins?|began|starting) (to )?report(ing)? (errors?|\W?no \w+)
    """),
    Sign(2, "a state of failure", r"""
        (goes|go|went|going|is|are|was|were|becomes?|became|entered|getting) (\w+ )?(down|offline|unhealthy|broken)
        (is|are|was|were|becomes?|became|gets?|got) (\w+ )?(stuck|degraded|overloaded|saturated|unstable|blocked)
        unavailable|unreachable|unresponsive|inaccessible|\w*notready|read-?only
        (success\w*|throughput|traffic|requests|orders|logins?|availability|capacity) (\w+ ){0,3}?to (zero|0( ?%)?)
    """),
    Sign(2, "a failure as it happens", r"""
        (chain|network|consensus|block production|finality) (\w+ )?(halts|halted)
        stalled|stalls|stop(s|ped) \w+ing|expires|expired|crash\w*|hangs|hung|freezes|froze|loses|lost
        \w+[^s\W]s (fail|stop \w+ing|crash|hang|time out|expire|freeze)(?! (over|safe|back|if)\b)
        fails|failed|failing|failures?|errors?|timeouts?|timed out|times out|timing out|exceptions?
        (http )?5(xx|0[0-4])s?(?! ?(ms|gb|mb|users|nodes|requests|%))
    """),
    Sign(2, "a failure that nobody sees", r"""
        undetected|unnoticed|(nothing|nobody|no one) (alerts|alerted|notices|noticed|detects|detected|pages|paged)
    """),
    Sign(2, "something cannot be done", r"""
        unable to|can ?not|can't|cant|could ?n[o']t|not (responding|working|reachable|available|accessible)
        no longer ((?!see|get|receiv|experienc)\w+ing|able|works?|reachable|available|accessible)
    """),
    Sign(2, "a shortage, or a loss of quality", r"""
        (latency|latencies|response times?|load times?|lag) (\w+ ){0,2}?(rises?|rose|rising|increas(es|ed|ing)|climb\w*)
        (latency|latencies|response times?|load times?|lag) (\w+ )?(grows?|grew|growing|jump(s|ed)|soar(s|ed)|elevated)
        exhaust\w*|out of (memory|disk|space|inodes|connections|capacity)|r[au]ns? out|oom\w*|overload\w*|saturat\w*
        spik(e|es|ed|ing)|degrad\w*|slow|slows|slowed|slowness|corrupt\w*|disk (is )?full|deadlock\w*|throttl\w*|backlog
    """),
    Sign(2, "a change that breaks something", r"""
        (?<!non-)(?<!non )(breaking|breaks|broke)(?! down)
        (caus(e|es|ed|ing)|result(s|ed|ing) in|le(d|ads|ading) to) (\S+ ){0,10}?(fail|crash|loop|be deleted|go down)
        (caus(e|es|ed|ing)|result(s|ed|ing) in|le(d|ads|ading) to) (\S+ ){0,10}?(down|stop|errors?|outage|disruption)
        (caus(e|es|ed|ing)|result(s|ed|ing) in|le(d|ads|ading) to) (\S+ ){0,10}?(issues?|unavailab\w+|time ?outs?)
    """),
    Sign(2, "what an incident is called", r"""
        loss of (\w+ ){0,2}(link|connectivity|power|network|traffic|signal|quorum)
        outage|downtime|(data|packet|power) loss|power cut|disruption|unauthori[sz]ed access|compromised
        phish\w*|fraud\w*|impersonat\w*|exploited|intrusion|leaked|ddos|denial of service
    """),
    Sign(2, "Portuguese", r"""
        falh(a|as|am|ou|aram|ando)|indispon[ií]ve(l|is)|indisponibilidade|fora do ar|caiu|ca[ií]ram
        lentid[aã]o|lent[oa]s?
        erros?|par(ou|aram|a) de \w+|esgot\w+|expirou|travou|n[aã]o (responde\w*|funciona\w*)
    """),
    Sign(2, "Vietnamese", r"""
        bị lỗi|lỗi|ngừng hoạt động|không (truy cập|hoạt động|phản hồi|khả dụng|thể)|gián đoạn|quá tải|chậm
        hết (dung lượng|bộ nhớ|hạn)|bị sập|sập
    """),
)  # fmt: skip
"""Something fails: the row tells of the failure, whoever saw it."""

UNINTENDED = r"""
    unexpectedly|accidental(ly)?|inadvertently|unintentionally|mistakenly|erroneously|ungracefully|by (accident|mistake)
    acidentalmente|inesperadamente|por engano|vô tình|nhầm
"""
"""Something happened that nobody meant: it tells of the failure even with words of repair beside it."""

NO_FAILURE = r"""
    (investigat|troubleshoot|debugg|verif|analy[sz]|discuss|suspect|resolv|restor|recover|mitigat|revert|identif)\w*
    look(s|ed|ing)? (into|at)|meeting|call|created? (an? )?(incident|ticket|issue)|incident (channel|declared|opened)
    (monitor|check|watch|scan|search)(ed|ing)? (\S+ ){0,4}?for
    roll(ed|ing|s)?[ -]?back|fix(e[sd]|ing)|a fix|root cause|work(ing)? on|proactive\w*|simulat\w*|drill
    (releases?|launch|deployments?) (was|is|were|are) (delayed|postponed|skipped|put on hold)
    agree[sd]? (to|that|on)|decid\w*|decision|avoid\w*|prevent\w*|asked|asking|discover \w+
    previously (fail\w+|broken|down)
    caus(e|es|ed|ing) (of )?(the|this|that) {trouble}
    (no|zero|without|fewer|less|not (any|see(ing)?)) (\w+ ){0,2}({trouble}|timeouts?|alerts?|exceptions?|interruption)s?
    error (rates?|count|budget) (drop|decreas|return|back|normal)\w*
    taken down|(not|un|isn't|wasn't) ?related to|won'?t (be|cause|have|see) (\w+ )?{trouble}|expect(s|ed|ing)? no
    (errors?|backlog|failures?|timeouts?|exceptions?|5xx) (\w+ ){0,3}?(drop|f[ae]ll|go|went)\w* (\w+ ){0,2}?to (zero|0)
    (ongoing|known|existing|different|another|previous|unrelated|separate|pre-existing) {trouble}
    bug report|bugcrowd|hackerone|researchers?|audit\w*|vulnerabilit\w+|cve-\d+|disclos\w+|security (issue|bug|report)
    (vulnerabilidade|investiga\w+|analisa\w+|resolvid\w+|restaurad\w+|revertid\w+|corrigid\w+|sem (erros?|falhas?))
    điều tra|phân tích|khắc phục|khôi phục|hoàn tác|không có lỗi|lỗ hổng
"""
"""A row with such words answers a failure, denies it or tells of another; it is no failure as it happens."""
