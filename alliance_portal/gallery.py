"""All parts on one page, in each language: for the eyes of those who build, only where DEBUG is on."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.labels import AssessmentStateName, BandName, PillarName


@dataclass(frozen=True)
class Sample:
    """Words as long as real ones: what is asked of a factory, and what a page says about it."""

    factory: str
    question: str
    help: str
    notice: str


# Of each language in itself, so that no catalogue is needed to see how a script is set.
SAMPLES = {
    "en": Sample(
        "Mekong Star Garment Co., Ltd.",
        "Does the factory measure how much electricity and fuel it uses each month?",
        "Take the figures from your bills, in kWh and litres. Emissions are shown in t CO₂e.",
        "The brand asks you to explain two answers before the end of the month.",
    ),
    "km": Sample(
        "រោងចក្រកាត់ដេរ មេគង្គស្តារ",
        "តើរោងចក្រវាស់បរិមាណអគ្គិសនី និងប្រេងឥន្ធនៈដែលបានប្រើប្រាស់ជារៀងរាល់ខែដែរឬទេ?",
        "សូមយកតួលេខពីវិក្កយបត្ររបស់អ្នក គិតជា kWh និងលីត្រ។ ការបញ្ចេញឧស្ម័នបង្ហាញជា t CO₂e។",
        "ម៉ាកយីហោស្នើសុំឱ្យអ្នកពន្យល់ចម្លើយចំនួនពីរ មុនដំណាច់ខែនេះ។",
    ),
    "th": Sample(
        "บริษัท สยามเฟรช ฟู้ด จำกัด",
        "โรงงานวัดปริมาณไฟฟ้าและเชื้อเพลิงที่ใช้ในแต่ละเดือนหรือไม่",
        "ใช้ตัวเลขจากใบแจ้งหนี้ของท่าน หน่วยเป็น kWh และลิตร การปล่อยก๊าซแสดงเป็น t CO₂e",
        "แบรนด์ขอให้ท่านอธิบายคำตอบสองข้อก่อนสิ้นเดือนนี้",
    ),
    "vi": Sample(
        "Công ty Cổ phần Điện tử Sông Hồng",
        "Nhà máy có đo lượng điện và nhiên liệu sử dụng hằng tháng không?",
        "Lấy số liệu từ hóa đơn, tính bằng kWh và lít. Lượng phát thải được trình bày bằng t CO₂e.",
        "Nhãn hàng đề nghị quý vị giải thích hai câu trả lời trước cuối tháng.",
    ),
}

BAND_SCORES = {"beginning": 12.4, "developing": 38, "progressing": 63.5, "advanced": 78, "leading": 100}
STATE_TONES = {"draft": "progress", "submitted": "done", "returned": "attention", "closed": "neutral"}
ALERT_TONES = ("info", "success", "warning", "danger")


class GalleryForm(forms.Form):
    """A control of each kind."""

    text = forms.CharField(max_length=100)
    number = forms.IntegerField(max_value=12)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    long_text = forms.CharField(required=False, widget=forms.Textarea)
    one_of_many = forms.ChoiceField(choices=PillarName.choices)
    one_of_few = forms.ChoiceField(choices=PillarName.choices, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(required=False, choices=PillarName.choices, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField()
    file = forms.FileField(required=False)
    fixed = forms.CharField(disabled=True, required=False, initial="KH-0042")

    def __init__(self, *args: object, sample: Sample, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.label = sample.question
        self.fields["text"].help_text = self.fields["one_of_few"].help_text = sample.help


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    sample = SAMPLES[(get_language() or "en")[:2]]
    context = {
        "sample": sample,
        "alerts": ALERT_TONES,
        "bands": [(band, BandName(band).label, score) for band, score in BAND_SCORES.items()],
        "states": [(tone, AssessmentStateName(state).label) for state, tone in STATE_TONES.items()],
        "pillars": PillarName.labels,
        "page": _middle_page(),
        "empty_form": GalleryForm(sample=sample, prefix="new"),
        "faulty_form": GalleryForm({"bad-number": "1300"}, sample=sample, prefix="bad"),
    }
    return render(request, "gallery/gallery.html", context)


def _middle_page() -> Page[int]:
    return Paginator(range(60), 20).page(2)
