package io.glulam.testkit.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What callers can use of types, a line for each type, constructor, method and field. A line that goes away, or changes,
 * breaks a caller.
 */
public final class ApiSignatures {
    private static final int CALLER_MODIFIERS =
            Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL | Modifier.PROTECTED;
    private static final Set<String> OF_OBJECT = Set.of("toString()", "hashCode()", "equals(Object)");

    private final Set<String> lines = new TreeSet<>();

    private ApiSignatures() {}

    /** Returns the lines of those among {@code types} that callers can use, sorted. */
    public static List<String> of(Iterable<Class<?>> types) {
        ApiSignatures signatures = new ApiSignatures();
        for (Class<?> type : types) {
            if (isVisible(type)) {
                signatures.add(type);
            }
        }
        return List.copyOf(signatures.lines);
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        boolean open = isOpen(type.getModifiers());
        return open && !type.isSynthetic() && !type.isAnonymousClass() && (enclosing == null || isVisible(enclosing));
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private void add(Class<?> type) {
        Consumer<String> line = member -> lines.add(type.getName() + "  " + member);
        line.accept(header(type));
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isUsable(constructor.getModifiers(), type) && !constructor.isSynthetic()) {
                line.accept("new" + call(constructor, ""));
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isUsable(field.getModifiers(), type) && !field.isSynthetic()) {
                line.accept(modifiers(field.getModifiers()) + name(field.getGenericType()) + " " + field.getName());
            }
        }
        // What a type inherits from one that callers cannot name is its own to them.
        for (Class<?> owner = type;
                owner != null && (owner == type || !isVisible(owner));
                owner = owner.getSuperclass()) {
            for (Method method : owner.getDeclaredMethods()) {
                if (isUsable(method.getModifiers(), type) && !method.isSynthetic() && !isOfObject(method)) {
                    line.accept(declaration(method));
                }
            }
        }
    }

    private static boolean isUsable(int modifiers, Class<?> type) {
        return Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers) && !Modifier.isFinal(type.getModifiers());
    }

    private static boolean isOfObject(Method method) {
        return OF_OBJECT.contains(call(method, method.getName()));
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        int modifiers = type.isInterface() || type.isEnum() || type.isRecord()
                ? type.getModifiers() & ~(Modifier.ABSTRACT | Modifier.FINAL | Modifier.STATIC)
                : type.getModifiers();
        Type parent = type.getGenericSuperclass();
        boolean extended = parent != null && kind.equals("class") && parent != Object.class;
        return modifiers(modifiers)
                + kind
                + variables(type.getTypeParameters(), " <", ">")
                + (extended ? " extends " + name(parent) : "")
                + names(type.getGenericInterfaces(), " implements ", "")
                + (type.isSealed() ? permitted(type) : "");
    }

    /** In the order of names: a compiler gives those that no clause lists in any. */
    private static String permitted(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .map(ApiSignatures::name)
                .sorted()
                .collect(list(" permits ", ""));
    }

    private static String declaration(Method method) {
        Class<?> owner = method.getDeclaringClass();
        int modifiers = method.getModifiers();
        // Whether a method of a class is final matters to those who may extend it.
        if (Modifier.isFinal(owner.getModifiers()) || Modifier.isStatic(modifiers)) {
            modifiers &= ~Modifier.FINAL;
        }
        String start = method.isDefault() ? "default " : "";
        return start
                + modifiers(modifiers)
                + variables(method.getTypeParameters(), "<", "> ")
                + name(method.getGenericReturnType())
                + " "
                + call(method, method.getName());
    }

    private static String call(Executable executable, String name) {
        return name
                + "("
                + Arrays.stream(executable.getGenericParameterTypes())
                        .map(ApiSignatures::name)
                        .collect(Collectors.joining(", "))
                + ")"
                + names(executable.getGenericExceptionTypes(), " throws ", "");
    }

    private static String variables(TypeVariable<?>[] variables, String start, String end) {
        return Arrays.stream(variables)
                .map(variable -> variable.getName()
                        + Arrays.stream(variable.getBounds())
                                .filter(bound -> bound != Object.class)
                                .map(ApiSignatures::name)
                                .collect(Collectors.joining(" & ", " extends ", ""))
                                .replaceFirst("^ extends $", ""))
                .collect(list(start, end));
    }

    private static String modifiers(int modifiers) {
        String words = Modifier.toString(modifiers & CALLER_MODIFIERS);
        return words.isEmpty() ? "" : words + " ";
    }

    private static String names(Type[] types, String start, String end) {
        return Arrays.stream(types).map(ApiSignatures::name).collect(list(start, end));
    }

    /** Joins by commas, with a start and an end unless there is nothing. */
    private static Collector<String, ?, String> list(String start, String end) {
        return Collectors.collectingAndThen(
                Collectors.toCollection(ArrayList::new),
                names -> names.isEmpty() ? "" : start + String.join(", ", names) + end);
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }
}
