/** Tests of the project's own shape: module arrows, file sizes, package documentation. */
package k23.tests.structure;
