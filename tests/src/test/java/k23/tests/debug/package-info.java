/** A debugger at compiled programs: lines, variables, values. */
package k23.tests.debug;
