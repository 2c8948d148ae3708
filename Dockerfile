# Both stages run the steps that `make` runs on any machine; nothing is known only to this file.
ARG PYTHON_IMAGE=python:3.13-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends make libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# What changes seldom comes first, so that a change of the sources does not install everything anew.
COPY Makefile ./
COPY requirements requirements
RUN make runtime VENV=/opt/portal && make .venv/.installed
COPY package.json package-lock.json .npmrc ./
RUN make node_modules/.installed
COPY . .
RUN make translations static VAR_DIR=/app/var

FROM ${PYTHON_IMAGE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin portal
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=alliance_portal.settings.prod \
    STATIC_ROOT=/app/static/collected \
    XDG_CACHE_HOME=/tmp/cache \
    VAR_DIR=/app/var
WORKDIR /app
COPY --from=build /opt/portal /opt/portal
COPY manage.py pyproject.toml ./
COPY alliance_portal alliance_portal
COPY suppliers suppliers
COPY assessments assessments
COPY reports reports
COPY templates templates
COPY static/src static/src
COPY --from=build /app/locale locale
COPY --from=build /app/static/dist static/dist
COPY --from=build /app/var/static static/collected
RUN python -m compileall -q . && mkdir -p var/media && chown -R portal:portal var
USER portal
VOLUME /app/var
EXPOSE 8000
CMD ["gunicorn", "alliance_portal.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--max-requests=2000", "--max-requests-jitter=200", "--access-logfile=-", "--forwarded-allow-ips=*"]
