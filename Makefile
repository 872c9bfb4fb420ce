# k23 for the JVM. `make run` on a fresh Debian 12 machine does all that is needed; `make test` is
# what CI runs.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
.PHONY: setup native build run test quick bench clean help

SETUP := toolchain/setup
STAMP := target/built
# What a build reads.
SOURCES := pom.xml k23.yaml codegen toolchain loader-templates kernel-src runtime-src \
  image-builder tests examples
export JAVA_HOME := $(shell $(SETUP)/jdk.sh 2> /dev/null)
# Debian's Maven uses what JDK 25 warns of.
export MAVEN_OPTS ?= -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: ## installs and builds what the machine lacks; does nothing where nothing is missing
	@$(SETUP)/setup.sh

native: ## the Cranelift library alone
	@codegen/native/build.sh

# The fast way out: two file names looked for, one walk over the sources.
build: ## sets up if need be, and packages everything that is older than its sources
	@$(SETUP)/is-built.sh $(STAMP) $(SOURCES) || $(SETUP)/build.sh $(STAMP) $(SOURCES)

run: build ## boots the default image; the exit status is the program's
	@./k23 run < /dev/null

test: ## set-up and all tests; the last line counts them
	@$(SETUP)/setup.sh
	@find . -path '*/target/surefire-reports' -prune -exec rm -rf {} +
	@mkdir -p target
	@# Maven resets the terminal's colours, asked or not: that would stand before the last line.
	@mvn -B package -Dmaven.test.failure.ignore=true 2>&1 | sed -u 's/\x1b\[[0-9;]*m//g' \
	  | tee target/test.log && maven=0 || maven=$$?; \
	  $(SETUP)/test-summary.sh target/test.log && exit $$maven

quick: ## the tests of single modules, without booting anything
	@mvn -B -q test -pl '!tests'

bench: build ## one figure a line: name, value, unit, and what a ratio is against
	@mvn -B -q -pl tests -am test-compile >&2
	@# The collector of ./k23.
	@$$JAVA_HOME/bin/java -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp \
	  "tests/target/test-classes:$$(cat tests/target/bench.classpath)" \
	  k23.tests.bench.Bench

clean: ## removes what was built here; the cache stays
	@rm -rf target; find . -name pom.xml -not -path '*/target/*' -execdir rm -rf target \;
