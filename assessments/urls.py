from django.urls import path

from assessments.views import authoring, evidence, filling, program, reviewing, sharing, submitting, syncing, uploads

app_name = "assessments"

urlpatterns = [
    path("factories/<slug:code>/", filling.factory_home, name="factory_home"),
    path("factories/<slug:code>/sharing/", sharing.sharing, name="sharing"),
    path("assessments/<slug:code>/", filling.assessment, name="assessment"),
    path("assessments/<slug:code>/sections/<str:section>/", filling.section, name="section"),
    path("assessments/<slug:code>/answers/<str:question>/", filling.answer, name="answer"),
    path("assessments/<slug:code>/answers/<str:question>/evidence/", filling.upload, name="upload"),
    path("assessments/<slug:code>/uploads/", uploads.begin, name="begin_upload"),
    path("assessments/<slug:code>/uploads/<uuid:public_id>/", uploads.upload, name="upload_piece"),
    path("assessments/<slug:code>/uploads/<uuid:public_id>/complete/", uploads.complete, name="complete_upload"),
    path("assessments/<slug:code>/sync/", syncing.sync, name="sync"),
    path("assessments/<slug:code>/missing/", submitting.missing, name="missing"),
    path("assessments/<slug:code>/submit/", submitting.submit, name="submit"),
    path("assessments/<slug:code>/close/", reviewing.close, name="close"),
    path("assessments/<slug:code>/submissions/<int:number>/", reviewing.submission, name="submission"),
    path("assessments/<slug:code>/submissions/<int:number>/receipt/", submitting.receipt, name="receipt"),
    path("assessments/<slug:code>/submissions/<int:number>/result/", submitting.result, name="result"),
    path("assessments/<slug:code>/submissions/<int:number>/decision/", reviewing.decide, name="decide"),
    path("assessments/<slug:code>/submissions/<int:number>/remarks/<str:question>/", reviewing.remark, name="remark"),
    path("remarks/<int:pk>/withdraw/", reviewing.withdraw_remark, name="withdraw_remark"),
    path("remarks/<int:pk>/reply/", reviewing.reply, name="reply"),
    path("evidence/<uuid:public_id>/", evidence.download, name="evidence"),
    path("evidence/<uuid:public_id>/thumbnail/", evidence.thumbnail, name="thumbnail"),
    path("evidence/<uuid:public_id>/remove/", evidence.remove, name="remove_evidence"),
    path("evidence/<uuid:public_id>/restore/", evidence.restore, name="restore_evidence"),
    path("brands/<slug:code>/", reviewing.supplier_table, name="supplier_table"),
    path("program/", program.program_home, name="program_home"),
    path("program/campaigns/", program.campaign_list, name="campaigns"),
    path("program/campaigns/new/", program.campaign_new, name="campaign_new"),
    path("program/campaigns/<slug:code>/", program.campaign, name="campaign"),
    path("program/campaigns/<slug:code>/edit/", program.campaign_edit, name="campaign_edit"),
    path("program/campaigns/<slug:code>/invite/", program.campaign_invite, name="campaign_invite"),
    path("program/questionnaires/", program.questionnaire_list, name="questionnaires"),
    path("program/questionnaires/upload/", authoring.questionnaire_upload, name="questionnaire_upload"),
    path("program/questionnaires/<int:pk>/check/", authoring.questionnaire_check, name="questionnaire_check"),
    path("program/questionnaires/<int:pk>/preview/", authoring.questionnaire_preview, name="questionnaire_preview"),
    path(
        "program/questionnaires/<int:pk>/workbook.xlsx", authoring.questionnaire_workbook, name="questionnaire_workbook"
    ),
    path("program/questionnaires/<int:pk>/publish/", authoring.questionnaire_publish, name="questionnaire_publish"),
    path("program/questionnaires/<int:pk>/discard/", authoring.questionnaire_discard, name="questionnaire_discard"),
    path("program/questionnaires/<int:pk>/", program.questionnaire, name="questionnaire"),
]
