"""Vietnamese. Words are syllables here: a phrase of two is the least that says something."""

from __future__ import annotations

from afterword.language.model import Category, Group, Words, split
from afterword.language.words import sources

_CLASSES = {
    "ai": (
        "kỹ sư", "kĩ sư", "kỹ sư trực", "lập trình viên", "nhân viên", "người vận hành", "vận hành viên",
        "quản trị viên",
        "người trực", "người quản trị", "người triển khai", "người phụ trách", "thực tập sinh", "đồng nghiệp",
        "anh ấy", "cô ấy", "ai đó", "một người", "kỹ thuật viên", "kĩ thuật viên", "người phát triển",
    ),
    "dev": ("dev", "developer", "admin", "engineer", "sre", "dba"),
    "đội": ("đội", "nhóm", "đội ngũ", "đội vận hành", "nhóm vận hành", "nhóm phát triển", "đội phát triển", "team"),
    "ta": ("chúng tôi", "chúng ta"),
    "xưng": ("anh", "chị", "bạn", "em", "ông", "bà"),
    "quên": ("quên", "đã quên", "lại quên", "bỏ quên", "đã bỏ quên", "quên mất"),
    "lỗi": (
        "bất cẩn", "đã bất cẩn", "cẩu thả", "lơ là", "đã lơ là", "thiếu cẩn thận", "thiếu trách nhiệm", "tắc trách",
        "không chú ý", "đã không chú ý", "không cẩn thận", "đã không cẩn thận", "đã mắc lỗi", "mắc sai lầm",
        "đã mắc sai lầm", "đã phạm sai lầm", "gõ nhầm", "đã gõ nhầm", "thao tác sai", "đã thao tác sai",
        "thao tác nhầm", "đã thao tác nhầm", "không tuân thủ", "đã không tuân thủ", "không làm theo",
        "đã không làm theo", "phớt lờ", "đã phớt lờ",
    ),
    "không-làm": (
        "đã không kiểm tra", "đã không thử", "đã không đọc", "đã không báo", "đã không xác minh", "không chịu kiểm tra",
        "đã không thông báo", "đã không kiểm thử", "đã không rà soát",
    ),
    "lẽ-ra": ("lẽ ra", "đáng lẽ", "đáng lẽ ra", "đáng ra", "nhẽ ra", "đáng nhẽ"),
    "làm": (
        "kiểm tra", "kiểm thử", "biết", "nhận ra", "đọc", "hỏi", "tuân thủ", "làm theo", "rà soát", "xác minh",
        "lường trước", "dự đoán", "chú ý", "cẩn thận", "tránh được", "ngăn được",
    ),
    "hơn": ("cẩn thận hơn", "cẩn trọng hơn", "chú ý hơn", "thận trọng hơn", "tập trung hơn", "cảnh giác hơn"),
}  # fmt: skip

_REPORTED = split("không đừng tránh chẳng")

_GROUPS = (
    Group(
        Category.COUNTERFACTUAL,
        patterns=(
            "{lẽ-ra} phải|nên|cần|đã|có_thể {làm}",
            "{lẽ-ra} {ta} phải|nên|cần|đã|có_thể",
            "{lẽ-ra} {ai} phải|nên|cần|đã|có_thể",
            "{lẽ-ra} {đội} phải|nên|cần|đã|có_thể",
            "{ai} {lẽ-ra} phải|nên|cần|đã|có_thể",
            "{đội} {lẽ-ra} phải|nên|cần|đã|có_thể",
            "{ta} {lẽ-ra} phải|nên|cần|đã|có_thể",
            "giá_mà|giá_như|phải_chi {ta}",
            "giá_mà|giá_như|phải_chi {ai}",
            "giá_mà|giá_như|phải_chi {đội}",
            "{lẽ-ra} có_thể|đã tránh|ngăn được",
        ),
        rewrite="Hãy viết điều đã làm và dựa trên thông tin nào: lúc đó nhìn thấy gì. Điều còn thiếu là một sự kiện, "
        "điều sẽ có là một hành động.",
        source=sources.DEKKER_SHOULD,
        # hệ thống, cảnh báo, công cụ, dịch vụ: what a program was expected to do judges nobody
        unless=split("thống báo cụ vụ"),
    ),
    Group(
        Category.COUNTERFACTUAL,
        patterns=("đã có_thể tránh|ngăn được", "có_thể đã tránh|ngăn được"),
        rewrite="Hãy nêu điều còn thiếu như một sự kiện và điều sẽ có như một hành động. Một quá khứ khác sẽ mang "
        "lại gì "
        "thì không ai biết được.",
        source=sources.DEKKER_SHOULD,
        mild=True,
        unless=split("không chẳng"),
    ),
    Group(
        Category.BLAME,
        patterns=(
            "{ai} {quên}",
            "{dev} {quên}",
            "{ai} {lỗi}",
            "{ai} {không-làm}",
            "{đội} {quên}",
            "{đội} {lỗi}",
            "{đội} {không-làm}",
            "đội {any} {any}? {quên}",
            "đội {any} {any}? {không-làm}",
            "do|vì sự? bất_cẩn|cẩu_thả|lơ_là|tắc_trách|sơ_suất|thiếu_cẩn_thận|thiếu_trách_nhiệm",
            "sự bất_cẩn|cẩu_thả|lơ_là|tắc_trách",
            "sơ_suất|lỗi|sai_sót|sai_lầm của|do {ai}",
            "sơ_suất|sai_lầm của {đội}",
            "lỗi thuộc_về|tại {ai}",
            "do|vì không tuân_thủ|làm_theo|theo đúng? quy_trình",
            "thiếu năng_lực|ý_thức|trách_nhiệm|tập_trung",
        ),
        rewrite="Hãy hỏi điều gì khiến dễ nhầm: màn hình hiện gì, giá trị mặc định nào, thiếu bước kiểm tra nào? "
        "Hãy để "
        "điều đó làm chủ ngữ của câu.",
        source=f"{sources.CAMRATUS}; {sources.BACH}",
        unless=_REPORTED - {"không"},
    ),
    Group(
        Category.BLAME,
        patterns=("{ta} {quên}", "{ta} {lỗi}", "{ta} {không-làm}", "lỗi|sơ_suất của {ta}"),
        rewrite="“Chúng tôi” nhẹ hơn, nhưng vẫn dừng ở con người. Hãy viết điều gì khiến việc đó trông như đã xong hay "
        "an toàn.",
        source=f"{sources.DEKKER_SHOULD}; {sources.REED}",
        mild=True,
    ),
    Group(
        Category.HUMAN_ERROR,
        patterns=(
            "lỗi|sai_sót|sai_lầm do? con_người",
            "lỗi|sai_sót|sai_lầm của con_người",
            "lỗi người_vận_hành|vận_hành_viên|nhân_viên",
            "do lỗi thao_tác",
        ),
        rewrite="“Lỗi con người” là nơi các câu hỏi bắt đầu: giao diện hiện gì, chấp nhận gì mà không hỏi lại, sau "
        "đó có "
        "bước kiểm tra nào? Hãy viết điều đó.",
        source=f"{sources.CAMRATUS}; {sources.DEKKER_BOOK}",
        unless=split("không tránh giảm ngăn chống đừng chưa nguy_cơ rủi loại"),
        not_before=("không phải", "là điều", "là tất", "chỉ là"),
    ),
    Group(
        Category.NAMED,
        patterns=(
            "{xưng} {cap} {cap}? {quên}",
            "{xưng} {cap} {cap}? {lỗi}",
            "{xưng} {cap} {cap}? {không-làm}",
            "{xưng} {cap} {cap}? gây_ra|làm_hỏng|xóa_nhầm|xoá_nhầm|đã_gây_ra|đã_làm_hỏng|đã_xóa_nhầm",
            "lỗi|sơ_suất|sai_sót của|do|tại {xưng} {cap}",
            "{lẽ-ra} {xưng} {cap} phải|nên|cần",
            "{xưng} {cap} {lẽ-ra} phải|nên|cần",
            "{handle} {quên}",
            "{handle} {lỗi}",
            "lỗi|sơ_suất|sai_sót của|do|tại {handle}",
        ),
        rewrite="Hãy dùng vai trò thay cho tên (“kỹ sư trực”), và để công cụ, giá trị mặc định hay bước kiểm tra còn "
        "thiếu làm chủ ngữ.",
        source=f"{sources.BACH}; {sources.PAGERDUTY}",
        unless=split("nếu"),
    ),
    Group(
        Category.HINDSIGHT,
        patterns=(
            "rõ_ràng|hiển_nhiên|đương_nhiên là? {lẽ-ra}",
            "rõ_ràng|hiển_nhiên là? {ai} phải|nên",
            "rõ_ràng|hiển_nhiên là? {ta} phải|nên",
            "điều|việc hiển_nhiên",
            "ai cũng biết|thấy|hiểu",
            "nhìn lại thì rõ_ràng|hiển_nhiên",
            "nhìn_lại|nghĩ_lại thì",
            "bất_kỳ ai|kỹ_sư cũng|nào_cũng biết|thấy|hiểu",
        ),
        rewrite="Người đọc biết kết cục; người trong cuộc thì không. Hãy viết điều có thể thấy vào phút đó, và thấy "
        "bằng "
        "cách nào.",
        source=sources.DEKKER_HINDSIGHT,
        unless=split("không chưa"),
        not_before=("được",),
    ),
    Group(
        Category.CARE,
        patterns=(
            "cần|phải|nên|sẽ|hãy {hơn}",
            "{hơn} khi|lần_sau|trong_tương_lai|về_sau",
            "nâng_cao tinh_thần|ý_thức",
            "nhắc_nhở|nhắc nhân_viên|kỹ_sư|mọi_người|đội|nhóm|đội_ngũ",
            "rút_kinh_nghiệm cẩn_thận|chú_ý|sâu_sắc|nghiêm_túc",
        ),
        rewrite="Sự cẩn thận cạn dần khi đêm dài. Hãy hỏi điều gì vẫn hiệu quả với người mệt và mới: một bước kiểm "
        "tra, "
        "một giá trị mặc định, một giới hạn, một cảnh báo.",
        source=f"{sources.CAMRATUS}; {sources.GOOGLE}",
        unless=split("không"),
    ),
)

WORDS = Words("vi", _CLASSES, _GROUPS)
