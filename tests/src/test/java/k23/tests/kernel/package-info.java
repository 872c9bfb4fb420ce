/** The kernel in virtual machines: a payload that does what the boot arguments name. */
package k23.tests.kernel;
