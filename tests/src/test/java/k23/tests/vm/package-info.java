/** Tests of loader and kernel that run in virtual machines, each in one of its own. */
package k23.tests.vm;
