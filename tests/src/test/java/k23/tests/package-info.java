/** Whole-system tests: real commands, real firmware, real programs, in real (virtual) machines. */
package k23.tests;
