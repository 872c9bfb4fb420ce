/** What whole-system tests share: the repository's paths, commands with time limits, QEMU. */
package k23.tests.support;
