"""Addresses of the school's month close and of the timesheet."""

from django.urls import URLPattern, path

from celabiedrs.hours.pages import empty_sheets, pair, school, sheet

urlpatterns: list[URLPattern] = [
    path("skola/", school.close, name="close"),
    path("skola/<uuid:public_id>/", pair.pair, name="pair"),
    path("lapa/<uuid:public_id>/", sheet.sheet, name="sheet"),
    path("lapa/<uuid:public_id>/pdf/", sheet.sheet_pdf, name="sheet_pdf"),
    path("lapa/<uuid:public_id>/skens/", sheet.scan, name="scan"),
    path("lapa/<slug:code>/", sheet.by_code, name="code"),
    path("veidlapas/<str:month>/", empty_sheets.empty_pdfs, name="empty_sheets"),
    path("veidlapa/<uuid:public_id>/<str:month>/", sheet.empty_pdf, name="empty_sheet"),
    path("lapa/paraksts/<uuid:public_id>/<slug:party>/", sheet.signature, name="signature"),
]
