"""A small questionnaire with one question of every kind, as XLSForm sheets in four languages."""

from assessments.domain.xlsform import LANGUAGE_HEADERS
from assessments.models import QuestionnaireVersion
from assessments.services import questionnaires
from assessments.sheets import Sheets

TEXT_COLUMNS = ("label", "hint", "constraint_message", "evidence_note")
PLAIN_COLUMNS = (
    "type", "name", "required", "relevant", "constraint", "unit", "points", "weight", "score", "critical", "pillar",
    "commitment", "sectors", "allow_na", "evidence", "repeat_count", "factor", "mapping",
)  # fmt: skip


def words(en: str, km: str, th: str, vi: str) -> dict[str, str]:
    return {"en": en, "km": km, "th": th, "vi": vi}


HINT = words("For example, last year.", "ឧទាហរណ៍ ឆ្នាំមុន។", "เช่น ปีที่แล้ว", "Ví dụ: năm ngoái.")
CHECK_IT = words("Please check it.", "សូមពិនិត្យឡើងវិញ។", "กรุณาตรวจสอบอีกครั้ง", "Vui lòng kiểm tra lại.")

Row = dict[str, object]

SURVEY: list[Row] = [
    {"type": "begin_group", "name": "E1", "pillar": "E", "label": words("Energy", "ថាមពល", "พลังงาน", "Năng lượng")},
    {
        "type": "select_one yes_no", "name": "E1.01", "required": "yes", "points": "2", "commitment": "climate",
        "label": words(
            "Do you measure the energy you use?", "តើអ្នកវាស់ថាមពលដែលបានប្រើដែរឬទេ?",
            "ท่านวัดพลังงานที่ใช้หรือไม่", "Nhà máy có đo năng lượng đã dùng không?",
        ),
        "hint": HINT,
    },
    {
        "type": "begin_repeat", "name": "E1.02", "repeat_count": "12", "points": "2", "required": "yes",
        "commitment": "climate", "relevant": "${E1.01} = 'yes'", "evidence": "asked",
        "label": words("Energy by month", "ថាមពលប្រចាំខែ", "พลังงานรายเดือน", "Năng lượng theo tháng"),
        "evidence_note": words("Electricity bills", "វិក្កយបត្រអគ្គិសនី", "ใบแจ้งค่าไฟฟ้า", "Hóa đơn tiền điện"),
    },
    {
        "type": "decimal", "name": "grid_kwh", "unit": "kWh", "factor": "grid_electricity",
        "label": words("Electricity", "អគ្គិសនី", "ไฟฟ้า", "Điện"),
    },
    {
        "type": "decimal", "name": "diesel_l", "unit": "L", "factor": "diesel",
        "label": words("Diesel", "ម៉ាស៊ូត", "น้ำมันดีเซล", "Dầu diesel"),
    },
    {"type": "end_repeat"},
    {
        "type": "decimal", "name": "E1.03", "unit": "%", "points": "2", "score": ". div 100", "commitment": "climate",
        "label": words("Share of solar power", "ចំណែកថាមពលសូឡា", "สัดส่วนไฟฟ้าโซลาร์", "Tỷ lệ điện mặt trời"),
    },
    {
        "type": "select_multiple measures", "name": "E1.04", "points": "2", "commitment": "climate", "allow_na": "yes",
        "label": words("What have you done to save energy?", "តើអ្នកបានធ្វើអ្វីដើម្បីសន្សំថាមពល?",
                       "ท่านทำอะไรเพื่อประหยัดพลังงาน", "Nhà máy đã làm gì để tiết kiệm năng lượng?"),
    },
    {"type": "end_group"},
    {"type": "begin_group", "name": "S1", "pillar": "S", "label": words("Safety", "សុវត្ថិភាព", "ความปลอดภัย", "An toàn")},
    {
        "type": "select_one yes_no", "name": "S1.01", "required": "yes", "points": "5", "critical": ". = 'no'",
        "commitment": "wellbeing", "evidence": "required",
        "label": words("Are all emergency exits unlocked?", "តើច្រកចេញសង្គ្រោះបន្ទាន់ទាំងអស់មិនបានចាក់សោមែនទេ?",
                       "ทางออกฉุกเฉินทุกทางไม่ได้ล็อกใช่หรือไม่", "Mọi lối thoát hiểm có để mở không?"),
        "evidence_note": words("A photo of an exit", "រូបថតច្រកចេញ", "ภาพถ่ายทางออก", "Ảnh chụp lối thoát"),
    },
    {
        "type": "integer", "name": "S1.02", "unit": "hours", "required": "yes", "points": "3",
        "constraint": ". <= 168", "constraint_message": words(
            "A week has 168 hours. Please check.", "មួយសប្តាហ៍មាន 168 ម៉ោង។ សូមពិនិត្យឡើងវិញ។",
            "หนึ่งสัปดาห์มี 168 ชั่วโมง กรุณาตรวจสอบ", "Một tuần có 168 giờ. Vui lòng kiểm tra lại."),
        "score": "if(. <= 60, 1, 0)", "commitment": "wellbeing",
        "label": words("Longest week, in hours", "សប្តាហ៍ដែលធ្វើការយូរបំផុត គិតជាម៉ោង",
                       "สัปดาห์ที่ทำงานนานที่สุด (ชั่วโมง)", "Tuần làm việc dài nhất (giờ)"),
    },
    {
        "type": "date", "name": "S1.03", "label": words(
            "Date of the last fire drill", "កាលបរិច្ឆេទហាត់សមពន្លត់អគ្គិភ័យចុងក្រោយ",
            "วันที่ฝึกซ้อมหนีไฟครั้งล่าสุด", "Ngày diễn tập chữa cháy gần nhất"),
    },
    {
        "type": "select_one maturity", "name": "S1.04", "points": "3", "commitment": "gender", "sectors": "garments",
        "label": words("How is needle control done?", "តើការគ្រប់គ្រងម្ជុលធ្វើឡើងដូចម្តេច?",
                       "การควบคุมเข็มทำอย่างไร", "Việc kiểm soát kim được thực hiện thế nào?"),
    },
    {"type": "end_group"},
    {"type": "begin_group", "name": "G1", "pillar": "G", "label": words("Ethics", "ក្រមសីលធម៌", "จริยธรรม", "Đạo đức")},
    {
        "type": "select_one yes_no", "name": "G1.01", "required": "yes", "points": "2", "commitment": "ethics",
        "label": words("Is there a policy against bribery?", "តើមានគោលនយោបាយប្រឆាំងការស៊ីសំណូកដែរឬទេ?",
                       "มีนโยบายต่อต้านการให้สินบนหรือไม่", "Nhà máy có chính sách chống hối lộ không?"),
    },
    {
        "type": "text", "name": "G1.02", "label": words(
            "What would you like to improve?", "តើអ្នកចង់កែលម្អអ្វីខ្លះ?", "ท่านต้องการปรับปรุงอะไร",
            "Nhà máy muốn cải thiện điều gì?"),
    },
    {
        "type": "file", "name": "G1.03", "relevant": "${G1.01} = 'yes'", "label": words(
            "The policy", "គោលនយោបាយ", "นโยบาย", "Văn bản chính sách"),
    },
    {"type": "end_group"},
]  # fmt: skip

CHOICES = [
    ("yes_no", "yes", "1", words("Yes", "បាទ/ចាស", "ใช่", "Có")),
    ("yes_no", "no", "0", words("No", "ទេ", "ไม่ใช่", "Không")),
    ("measures", "led", "0.5", words("LED lamps", "អំពូល LED", "หลอด LED", "Đèn LED")),
    ("measures", "motors", "0.5", words("Better motors", "ម៉ូទ័រប្រសើរ", "มอเตอร์ประสิทธิภาพสูง", "Động cơ tốt hơn")),
    ("maturity", "none", "0", words("Not in place", "មិនទាន់មាន", "ยังไม่มี", "Chưa có")),
    ("maturity", "written", "0.5", words("Written down", "មានជាលាយលក្ខណ៍អក្សរ", "เป็นลายลักษณ์อักษร", "Có văn bản")),
    ("maturity", "improved", "1", words("Improved every year", "កែលម្អរៀងរាល់ឆ្នាំ", "ปรับปรุงทุกปี", "Cải tiến hằng năm")),
]

LEGAL_NOTES = [
    ("S1.02", "KH", "Labour Law", "Art. 137", "1997", words(
        "Normal hours are at most 48 a week.", "ម៉ោងធម្មតាមិនលើសពី 48 ម៉ោងក្នុងមួយសប្តាហ៍។",
        "ชั่วโมงทำงานปกติไม่เกิน 48 ชั่วโมงต่อสัปดาห์", "Giờ làm việc bình thường không quá 48 giờ một tuần.")),
]  # fmt: skip

SETTINGS = {
    "form_id": "small",
    "version": "1",
    "form_title": words("Small questionnaire", "កម្រងសំណួរខ្លី", "แบบสอบถามฉบับย่อ", "Bảng câu hỏi ngắn"),
    "pillar_weights": "E=1 S=1 G=1",
    "bands": "beginning=0 developing=25 progressing=50 advanced=70 leading=85",
    "critical_cap": "developing",
}


def _in_languages(column: str) -> list[str]:
    return [f"{column}::{name}" for name in LANGUAGE_HEADERS.values()]


def _texts(text: object) -> list[str]:
    given = text if isinstance(text, dict) else {}
    return [given.get(language, "") for language in LANGUAGE_HEADERS]


def small_sheets(version: str = "1") -> Sheets:
    survey = [[*PLAIN_COLUMNS, *(header for column in TEXT_COLUMNS for header in _in_languages(column))]]
    for row in SURVEY:
        texts = [text for column in TEXT_COLUMNS for text in _texts(row.get(column))]
        survey.append([*(str(row.get(column, "")) for column in PLAIN_COLUMNS), *texts])
    choices = [["list_name", "name", "score", *_in_languages("label")]]
    choices += [[name, key, score, *_texts(text)] for name, key, score, text in CHOICES]
    notes = [["question", "country", "law", "article", "year", *_in_languages("note")]]
    notes += [
        [code, country, law, article, year, *_texts(text)] for code, country, law, article, year, text in LEGAL_NOTES
    ]
    plain = {name: value for name, value in SETTINGS.items() if isinstance(value, str)} | {"version": version}
    settings = [[*plain, *_in_languages("form_title")], [*plain.values(), *_texts(SETTINGS["form_title"])]]
    return {"survey": survey, "choices": choices, "settings": settings, "legal_notes": notes}


def publish_small(version: str = "1") -> QuestionnaireVersion:
    return questionnaires.publish(questionnaires.load(small_sheets(version)).version)
