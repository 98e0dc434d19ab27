"""Portuguese, as in Brazil and in Portugal."""

from __future__ import annotations

from afterword.language.model import Category, Group, Words, split
from afterword.language.words import names, sources

_CLASSES = {
    "quem": (
        "operador", "operadora", "operadores", "engenheiro", "engenheira", "engenheiros", "desenvolvedor",
        "desenvolvedora", "desenvolvedores", "programador", "programadora", "programadores", "analista", "analistas",
        "técnico", "técnica", "técnicos", "administrador", "administradora", "administradores", "funcionário",
        "funcionária", "funcionários", "colaborador", "colaboradora", "colaboradores", "colega", "estagiário",
        "estagiária", "plantonista", "plantonistas", "pessoa", "alguém", "pessoa de plantão", "engenheiro de plantão",
        "engenheira de plantão", "sre", "dba", "dev", "devs", "revisor", "revisora",
    ),
    "equipe": ("equipe", "equipa", "time", "squad", "equipes", "times", "equipe de plantão", "time de plantão"),
    "nome": names.GIVEN,
    "lapso": (
        "esqueceu", "se esqueceu", "esqueceu-se", "esqueceram", "se esqueceram", "esqueceram-se", "negligenciou",
        "negligenciaram", "foi negligente", "foi descuidado", "foi descuidada", "foi imprudente",
        "foram descuidados", "não prestou atenção", "não prestaram atenção", "não teve cuidado", "não teve o cuidado",
        "cometeu um erro", "cometeu um engano", "cometeram um erro", "digitou errado", "se confundiu",
        "se distraiu", "se enganou", "enganou-se", "distraiu-se",
    ),
    "nao-fez": (
        "não verificou", "não testou", "não seguiu", "não conferiu", "não leu", "não revisou", "não validou",
        "não avisou", "não comunicou", "não verificaram", "não testaram", "não seguiram", "não conferiram",
        "não revisaram", "não validaram", "não avisaram", "não comunicaram", "deixou de verificar", "deixou de testar",
        "deixou de seguir", "deixou de conferir", "deixou de avisar", "deixou de comunicar", "deixou de validar",
        "falhou em verificar", "falhou em testar", "falhou em seguir", "falhou em avisar", "falhou em comunicar",
        "falhou ao verificar", "falhou ao testar", "falhou ao seguir", "ignorou o procedimento", "ignorou o processo",
        "ignorou o aviso", "ignorou o alerta", "ignorou os avisos", "ignorou os alertas", "errou ao",
    ),
    "nos-lapso": (
        "esquecemos", "nos esquecemos", "esquecemo-nos", "negligenciamos", "fomos descuidados", "fomos negligentes",
        "cometemos um erro", "não prestamos atenção", "falhamos em verificar", "falhamos em testar",
        "falhamos ao verificar", "falhamos em comunicar", "falhamos em avisar", "falhamos em seguir",
    ),
    "deveria": ("deveria", "deveriam", "deveríamos", "devia", "deviam", "devíamos"),
    "poderia": ("poderia", "poderiam", "poderíamos", "podia", "podiam", "podíamos"),
    "visto": (
        "testado", "verificado", "conferido", "checado", "percebido", "notado", "visto", "lido", "revisado", "revisto",
        "avisado", "comunicado", "perguntado", "sabido", "seguido", "previsto", "antecipado", "evitado", "impedido",
        "prevenido", "escalado", "planejado", "planeado", "validado", "pensado", "considerado", "prestado",
        "documentado", "investigado", "questionado", "esperado", "agido", "reagido", "feito", "desligado",
        "detectado", "detetado", "descoberto",
    ),
    "vista": (
        "testado", "testada", "testados", "testadas", "verificado", "verificada", "conferido", "conferida", "revisado",
        "revisada", "comunicado", "comunicada", "avisado", "avisada", "notado", "notada", "percebido", "percebida",
        "previsto", "prevista", "planejado", "planejada", "discutido", "discutida", "investigado", "investigada",
    ),
    "evitado": (
        "evitado", "impedido", "prevenido", "sido evitado", "sido evitada", "sido evitados", "sido evitadas",
        "sido impedido", "sido impedida", "sido prevenido", "sido prevenida",
    ),
    "procedimento": ("procedimento", "processo", "protocolo", "checklist", "runbook", "roteiro", "manual"),
}  # fmt: skip

_REPORTED = split("não nunca sem ninguém se culpar nenhum nenhuma")

# What a program was expected to do, and what others might have seen, judges nobody.
_OTHERS = split(
    "alerta alertas monitoramento monitoração sistema sonda teste testes verificação pipeline serviço ferramenta "
    "script banco job probe atacante atacantes invasor invasores terceiro terceiros cliente clientes usuário usuários "
    "alguém"
)

_SYSTEM = (
    "Pergunte o que tornou o engano fácil: o que a tela mostrava, qual era o padrão, qual verificação faltava? "
    "Deixe que isso seja o sujeito da frase."
)

_GROUPS = (
    Group(
        Category.COUNTERFACTUAL,
        patterns=(
            "{deveria} ter {visto}",
            "deveríamos|devíamos ter sido avisados|informados|comunicados",
            "não {deveria} ter {visto}",
            "{poderia} ter {visto}",
            "se_ao_menos|se_pelo_menos tivesse|tivéssemos|tivessem|houvesse",
            "se tivéssemos {visto}",
            "se {quem} tivesse {visto}",
            "era_só|bastava ter {visto}",
        ),
        rewrite="Diga o que foi feito e com base em quê: o que se via naquele momento. O que faltava é um fato, e o "
        "que vai existir é uma ação.",
        source=sources.DEKKER_SHOULD,
        not_after=split("nada ninguém"),
        unless=_OTHERS,
    ),
    Group(
        Category.COUNTERFACTUAL,
        patterns=(
            "{deveria} ter sido {vista}",
            "{poderia} ter {evitado}",
            "teria|teriam|teríamos {evitado}",
        ),
        rewrite="Diga o que faltava como um fato (“Nenhum passo compara …”) e o que vai existir como uma ação. O "
        "que outro "
        "passado teria trazido ninguém pode saber.",
        source=sources.DEKKER_SHOULD,
        mild=True,
        not_after=split("nada ninguém"),
    ),
    Group(
        Category.BLAME,
        patterns=(
            "{quem} {lapso}",
            "{quem} {nao-fez}",
            "{equipe} {lapso}",
            "{equipe} {nao-fez}",
            "{equipe} de|do|da {any} {lapso}",
            "{equipe} de|do|da {any} {nao-fez}",
            "{quem} deveria|devia saber",
            "por não seguir|ter_seguido|respeitar o|os {procedimento}",
            "erro bobo|primário|grosseiro|infantil|básico",
            "causado|causada|provocado|provocada por um|uma {quem}",
            "causado|causada|provocado|provocada pelo|pela {quem}",
        ),
        rewrite=_SYSTEM,
        source=f"{sources.AREOSA}; {sources.GOOGLE}",
        unless=_REPORTED - {"não"} | {"sistema"},
    ),
    Group(
        Category.BLAME,
        patterns=(
            "por descuido|desatenção|negligência|imprudência|imperícia|desleixo|distração",
            "falta de atenção|cuidado|zelo|diligência|profissionalismo",
            "faltou atenção|cuidado|zelo|diligência|bom_senso",
            "negligência|desleixo|incompetência|imperícia do|da|dos|das|de {quem}",
            "negligência|desleixo|incompetência|imperícia do|da|dos|das {equipe}",
            "culpa|erro|falha|engano|descuido|distração do|da|dos|das|de_um|de_uma {quem}",
            "culpa|erro|falha foi do|da|dos|das {quem}",
            "culpa|engano|descuido|distração do|da|dos|das {equipe}",
        ),
        rewrite=_SYSTEM,
        source=f"{sources.AREOSA}; {sources.GOOGLE}",
        unless=_REPORTED | {"sistema"},
        not_before=("do kubernetes", "do k8s", "kubernetes"),
    ),
    Group(
        Category.BLAME,
        patterns=("{nos-lapso}", "nosso próprio? erro|descuido|engano", "nossa própria? culpa|falha|negligência"),
        rewrite="“Nós” é mais gentil, e ainda para nas pessoas. Diga o que fez a coisa parecer pronta ou segura.",
        source=f"{sources.DEKKER_SHOULD}; {sources.REED}",
        mild=True,
        unless=split("não nunca se"),
    ),
    Group(
        Category.HUMAN_ERROR,
        patterns=(
            "erro|erros humano|humanos",
            "falha|falhas humana|humanas",
            "erro|erros|falha de_operador|do_operador|da_operadora|operador",
        ),
        rewrite="“Erro humano” é onde as perguntas começam: o que a interface mostrava, o que aceitou sem perguntar, "
        "qual verificação estava atrás? Diga isso.",
        source=f"{sources.AREOSA}; {sources.DEKKER_BOOK}",
        unless=split(
            "não nunca nem sem evitar evita reduzir reduz prevenir impedir eliminar risco rótulo chamar chamado termo "
            "palavra possível contra vez"
        ),
        not_before=("não é", "não foi", "nunca é", "é um", "é o", "é uma"),
    ),
    Group(
        Category.NAMED,
        patterns=(
            "{nome} {cap}? {lapso}",
            "{nome} {cap}? {nao-fez}",
            "{nome} {cap}? deveria|poderia|devia ter {visto}",
            "{nome} {cap}? causou|provocou|quebrou|derrubou",
            "{nome} {cap}? errou",
            "{nome} {cap}? apagou|removeu|excluiu|publicou|implantou por_engano|acidentalmente|sem_querer",
            "culpa|erro|falha|engano|descuido do|da|de {nome}",
            "causado|causada|provocado|provocada por|pelo|pela {nome}",
            "{handle} {lapso}",
            "{handle} {nao-fez}",
            "{handle} deveria|poderia|devia ter {visto}",
            "{handle} causou|provocou|quebrou|derrubou",
            "culpa|erro|falha|engano|descuido do|da|de {handle}",
        ),
        rewrite="Ponha o papel no lugar do nome (“a pessoa de plantão”) e faça da ferramenta, do padrão ou da "
        "verificação que faltava o sujeito da frase.",
        source=f"{sources.PAGERDUTY}; {sources.GOOGLE}",
        unless=split("se"),
    ),
    Group(
        Category.HINDSIGHT,
        patterns=(
            "como era óbvio|evidente",
            "era óbvio|evidente que",
            "olhando para_trás|em_retrospecto|em_retrospectiva",
            "em_retrospecto|a_posteriori era|foi|ficou|fica óbvio|claro|evidente",
            "obviamente deveria|deveriam|devia|deveríamos|poderia",
            "claramente deveria|deveriam|devia|deveríamos|poderia",
            "deveria|deveriam ter sido óbvio|óbvia|evidente|claro|clara",
            "qualquer um|pessoa|engenheiro|desenvolvedor|profissional saberia|perceberia",
            "bastava bom_senso|olhar|ler",
            "falta de bom_senso",
        ),
        rewrite="Quem lê conhece o fim; quem estava lá, não. Diga o que se podia ver naquele minuto, e por qual meio.",
        source=f"{sources.DEKKER_HINDSIGHT}; {sources.AREOSA}",
        unless=split("não nunca evitar"),
    ),
    Group(
        Category.CARE,
        patterns=(
            "ter|tomar|tomando|tendo mais|maior cuidado",
            "prestar|prestando mais atenção",
            "ficar|ficarmos|estar|estarmos|ser|sermos mais atento|atenta|atentos|atentas|cuidadoso|cuidadosa",
            "ficar|ser|sermos mais cuidadosos|cuidadosas|diligente|diligentes|vigilante|vigilantes",
            "mais atenção|cuidado ao|na|no|da_próxima_vez|na_próxima_vez",
            "lembrar|reforçar a_equipe|o_time|à_equipe|ao_time|com_a_equipe|com_o_time|a_todos",
        ),
        rewrite="O cuidado acaba quando a noite é longa. Pergunte o que funcionaria para alguém cansado e novo: uma "
        "verificação, um padrão, um limite, um alerta.",
        source=f"{sources.GOOGLE}; {sources.ALLSPAW}",
        unless=split("não vez"),
    ),
)

WORDS = Words("pt", _CLASSES, _GROUPS)
