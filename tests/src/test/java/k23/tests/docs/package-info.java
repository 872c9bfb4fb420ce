/** What the documents claim: their commands run, what they name is there. */
package k23.tests.docs;
