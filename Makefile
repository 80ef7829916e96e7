# The two commands of this project are `make run` and `make test`. README.md gives the same without make.
# Packages come from the lock files with their checksums; a stamp makes the second time quick. Nothing is resolved
# (--no-deps), so a release of tomorrow changes nothing; `pip check` then says whether the lock is whole.
PYTHON ?= python3.11
BIN := .venv/bin
STALE := echo "Môi trường .venv không khớp tệp khóa. Chạy make clean rồi chạy lại; vẫn lỗi thì tệp khóa thiếu gói."

.PHONY: help run test lint locks hooks bench load screenshots clean

help:
	@echo "make run          cài đặt, nạp dữ liệu, mở http://127.0.0.1:8050"
	@echo "make demo         dữ liệu mô phỏng trong cơ sở dữ liệu riêng, mở http://127.0.0.1:8051"
	@echo "                  DEMO_DAY=2031-02-01: như mở vào ngày đó, khi năm mốc 2030 đã qua mà chưa có số cuối"
	@echo "make test         cài thêm công cụ, chạy toàn bộ kiểm thử"
	@echo "make lint         ruff, mypy, ranh giới giữa các phòng, kiểm tra dữ liệu"
	@echo "make locks        tìm phiên bản mới nhất mà pyproject.toml cho phép, ghi lại ba tệp khóa"
	@echo "make hooks        bật kiểm tra nhanh trước mỗi lần commit"
	@echo "make bench        đo tốc độ (dưới nửa giờ), ghi benchmarks/RESULTS.md; dừng rồi thì chạy tiếp bằng --resume"
	@echo "make load         thử tải MINUTES=10 phút trên SQLite và PostgreSQL, ghi benchmarks/LOAD.md"
	@echo "make screenshots  chụp lại ảnh trong docs/images từ trang thật"
	@echo "make clean        xóa môi trường và tệp tạm, giữ cơ sở dữ liệu"

run: .venv/run.stamp
	@set -a; if [ -f .env ]; then . ./.env; fi; set +a; \
	$(BIN)/python -m etl init && exec $(BIN)/gunicorn --config dashboard/gunicorn_conf.py dashboard.server:server

test: .venv/dev.stamp
	$(BIN)/python -m pytest

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m etl check

# The only place where something is resolved; it names no index, and a diff of the lock files is what changed.
LOCK := .venv/locks/bin/uv pip compile --quiet --upgrade --generate-hashes --no-header
locks: .venv/made.stamp
	$(BIN)/python -m venv --clear .venv/locks
	.venv/locks/bin/python -m pip install --require-hashes --no-deps -r requirements-audit.lock
	.venv/locks/bin/python -m pip check
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -o requirements-dev.lock
	$(LOCK) --group audit -o requirements-audit.lock

hooks: .venv/dev.stamp
	git config core.hooksPath .githooks
	git config blame.ignoreRevsFile .git-blame-ignore-revs

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks.run

load: .venv/dev.stamp
	$(BIN)/python -m benchmarks.load --minutes $${MINUTES:-10}

screenshots: .venv/dev.stamp
	$(BIN)/python -m docs.make_screenshots

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: requirements.lock | .venv/made.stamp
	$(BIN)/python -m pip install --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip check || { $(STALE); exit 1; }
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/made.stamp
	$(BIN)/python -m pip install --require-hashes --no-deps -r requirements-dev.lock
	$(BIN)/python -m pip check || { $(STALE); exit 1; }
	@touch $@

.venv/made.stamp:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Không có $(PYTHON). Cài Python 3.11, hoặc chỉ rõ: make PYTHON=/đường/dẫn/python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
		echo "$(PYTHON) không phải Python 3.11. Chỉ rõ: make PYTHON=/đường/dẫn/python3.11 ..."; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

# A second installation for trials: its own database file and port, invented registers, "mô phỏng" everywhere.
# DEMO_DAY=2031-02-01 pins its day in a database of its own: no promise is invented, the real ones of 2030 then wait
# for their final value ("chờ số liệu năm mốc", the flag awaiting_final), which no day before 2031 can show.
.PHONY: demo
DEMO_PORT ?= 8051
DEMO_DAY ?=
DEMO_FILE := instance/demo$(if $(DEMO_DAY),-$(DEMO_DAY)).sqlite3
DEMO_ENV := DATABASE_URL=sqlite:///$(DEMO_FILE) DEMO=1 PORT=$(DEMO_PORT) $(if $(DEMO_DAY),AS_OF=$(DEMO_DAY))

demo: .venv/run.stamp
	@$(DEMO_ENV) $(BIN)/python -m etl init
	@$(DEMO_ENV) $(BIN)/python -m etl sample --load --organizations $${ORGANIZATIONS:-400}
	@$(DEMO_ENV) $(BIN)/python -m dashboard.demo_meeting
	@$(DEMO_ENV) exec $(BIN)/gunicorn --config dashboard/gunicorn_conf.py dashboard.server:server
