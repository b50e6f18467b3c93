# The service in a container: hashed requirements, no build tools in the end, not root.
#   docker build --build-arg REGISTRY=registry.example.org/ -t pleegzicht .
# REGISTRY (with its slash) and PIP_INDEX_URL say where images and packages come from; no address is built in.
ARG REGISTRY=""
ARG PYTHON=3.12

FROM ${REGISTRY}python:${PYTHON}-slim AS bouw
ARG PIP_INDEX_URL=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /bouw
# An empty PIP_INDEX_URL would be an index without a name to pip, so it is unset.
COPY requirements/ requirements/
RUN [ -n "$PIP_INDEX_URL" ] || unset PIP_INDEX_URL; \
    python -m venv gereedschap && \
    gereedschap/bin/pip install -q --require-hashes -r requirements/uv.txt && \
    python -m venv --without-pip /opt/pleegzicht && \
    gereedschap/bin/pip --python /opt/pleegzicht/bin/python install -q --require-hashes -r requirements/run.txt
# uv carries the build backend, so this needs no network.
COPY pyproject.toml ./
COPY app/ app/
RUN gereedschap/bin/uv pip install -q --python /opt/pleegzicht/bin/python --no-deps --offline . && \
    /opt/pleegzicht/bin/python -m compileall -q /opt/pleegzicht
# Beside app, where it stands in the repository too; alembic reads it as files.
COPY migrations/ migrations/
RUN cp -r migrations "$(/opt/pleegzicht/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"

FROM ${REGISTRY}python:${PYTHON}-slim
RUN python -m pip uninstall -q -y --root-user-action=ignore pip && \
    useradd --system --uid 10001 --create-home --home-dir /var/lib/pleegzicht pleegzicht
COPY --from=bouw /opt/pleegzicht /opt/pleegzicht
ENV PATH=/opt/pleegzicht/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PLEEGZICHT_DATA_DIR=/var/lib/pleegzicht/data
WORKDIR /var/lib/pleegzicht
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["pleegzicht", "serve", "--host", "0.0.0.0"]
