package k23.codegen.compiler.template;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import k23.codegen.asm.TemplateAssembler;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.heap.HostClasses;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.Reachability;
import k23.codegen.link.Definition;
import k23.codegen.link.InnerSymbol;
import k23.codegen.link.Relocation;
import k23.sdk.asm.Assembler;

/** The templates of all classes on the class path, by the symbol that each defines. */
public final class Templates implements Reachability.SymbolSource {
    private final ClassRepository repository;
    private final HostClasses host;
    private final Diagnostics diagnostics;
    private final Map<String, List<MethodNode>> templates = new LinkedHashMap<>();
    private final Map<String, List<MethodNode>> named = new LinkedHashMap<>();
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Map<MethodNode, Definition> assembled = new LinkedHashMap<>();
    private Map<String, MethodNode> inner;

    /** Looks for templates and named methods in every class of the class path. */
    public Templates(ClassRepository repository, HostClasses host, Diagnostics diagnostics) {
        this.repository = repository;
        this.host = host;
        this.diagnostics = diagnostics;
        for (String name : repository.classPath().classes()) {
            if (!repository.mentions(name, "Lk23/sdk/Template;", "Lk23/sdk/Symbol;")) {
                continue;
            }
            ClassNode node = repository.get(name);
            for (MethodNode method : node.methods()) {
                if (method.template() != null) {
                    templates.computeIfAbsent(method.template(), _ -> new ArrayList<>())
                            .add(method);
                }
                if (method.symbolAnnotation() != null && method.isStatic()
                        && method.hasCode()) {
                    named.computeIfAbsent(method.symbolAnnotation(), _ -> new ArrayList<>())
                            .add(method);
                }
            }
        }
    }

    /** The one method that defines {@code symbol}; two are refused. */
    private MethodNode only(String symbol, List<MethodNode> methods) {
        if (methods == null) {
            return null;
        }
        if (methods.size() > 1) {
            diagnostics.add(Problem.DUPLICATE_SYMBOL, methods.get(1).place(),
                    symbol + ", which " + methods.getFirst().display() + " also defines");
        }
        return methods.getFirst();
    }

    @Override
    public List<String> define(String symbol) {
        MethodNode template = only(symbol, templates.get(symbol));
        if (template == null) {
            // Two underscores are the linker's: no need to run every template to know.
            template = method(symbol) == null && !symbol.startsWith("__")
                    ? innerSymbols().get(symbol) : null;
        }
        if (template == null) {
            return null;
        }
        if (definitions.containsKey(template.template())) {
            return List.of();
        }
        Definition definition = run(template);
        if (definition == null) {
            return List.of();
        }
        definitions.put(template.template(), definition);
        Set<String> own = new LinkedHashSet<>();
        definition.inner().stream().map(InnerSymbol::name).forEach(own::add);
        List<String> references = new ArrayList<>();
        for (Relocation relocation : definition.relocations()) {
            if (!relocation.target().isEmpty() && !own.contains(relocation.target())) {
                references.add(relocation.target());
            }
        }
        return references;
    }

    /** The templates by the further symbols in them: only running them can tell. */
    private Map<String, MethodNode> innerSymbols() {
        if (inner == null) {
            inner = new LinkedHashMap<>();
            for (MethodNode template : templates.values().stream().map(List::getFirst)
                    .toList()) {
                try {
                    assemble(template).inner().forEach(symbol ->
                            inner.putIfAbsent(symbol.name(), template));
                } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                    // It is reported if the program needs it; a template of another program may
                    // refer to classes that are not on this one's class path.
                    continue;
                }
            }
        }
        return inner;
    }

    private Definition run(MethodNode template) {
        try {
            return assemble(template);
        } catch (InvocationTargetException e) {
            diagnostics.add(Problem.TEMPLATE, template.place(), e.getCause().toString());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            diagnostics.add(Problem.TEMPLATE, template.place(), e.toString());
        }
        return null;
    }

    private Definition assemble(MethodNode template) throws ReflectiveOperationException {
        Definition definition = assembled.get(template);
        if (definition == null) {
            TemplateAssembler assembler = new TemplateAssembler(template.template());
            host.runTemplate(template, Assembler.class, assembler);
            definition = assembler.finish();
            assembled.put(template, definition);
        }
        return definition;
    }

    @Override
    public MethodNode method(String symbol) {
        MethodNode method = only(symbol, named.get(symbol));
        return method != null ? method : byJavaName(symbol);
    }

    /**
     * The method that is written {@code package.Class.method}, with its descriptor behind it where
     * the name alone does not tell; null when there is none.
     */
    public MethodNode byJavaName(String symbol) {
        int parenthesis = symbol.indexOf('(');
        String name = parenthesis < 0 ? symbol : symbol.substring(0, parenthesis);
        String descriptor = symbol.substring(name.length());
        int dot = name.lastIndexOf('.');
        if (dot <= 0) {
            return null;
        }
        ClassNode node = repository.find(name.substring(0, dot).replace('.', '/'));
        if (node == null || node.isLibrary()) {
            return null;
        }
        MethodNode found = null;
        for (MethodNode method : node.methods()) {
            if (method.name().equals(name.substring(dot + 1)) && method.isStatic()
                    && method.hasCode() && method.descriptor().startsWith(descriptor)) {
                if (found != null) {
                    diagnostics.add(Problem.UNDEFINED_SYMBOL, method.place(),
                            name + " is overloaded");
                }
                found = method;
            }
        }
        return found;
    }

    /** What the templates that were needed have defined, in the order in which they ran. */
    public List<Definition> definitions() {
        return List.copyOf(definitions.values());
    }
}
