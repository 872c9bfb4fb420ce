/**
 * The smallest payload there is: dialect code on the bare machine without loader and kernel,
 * entered by OpenSBI in supervisor mode with paging off. The differential suite and the code
 * benchmark run in it.
 */
package k23.tests.bare;
