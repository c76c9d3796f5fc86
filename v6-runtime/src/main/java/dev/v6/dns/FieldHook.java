// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts v6 in front of the resolver that {@link InetAddress} holds in a field: the way of the agent, which depends on no
 * class path, class loader or nested jar, and is there on JDK 17, too. IP literals and the JDK's own cache stay as they
 * are. What is looked up on JDK 17 comes here; since JDK 18 the field's type is one that anybody may implement.
 */
final class FieldHook implements InvocationHandler {
    private final JvmLookups lookups;
    private final Object builtin;
    private final Method[] methods;

    /**
     * Prepares the calls of what is there, as the service may not be allowed to (by a security manager).
     *
     * @param type of the field
     */
    private FieldHook(JvmLookups lookups, Object builtin, Class<?> type) {
        this.lookups = lookups;
        this.builtin = builtin;
        this.methods = type.getMethods();
        for (Method method : methods) {
            method.setAccessible(true);
        }
    }

    /**
     * Takes the place of the JVM's resolver.
     *
     * @param always also if that is not the JDK's own
     * @return null, or the class of the one that was left in its place
     * @throws ReflectiveOperationException if this JDK keeps it otherwise; then nothing has changed
     */
    static @Nullable String install(Instrumentation jvm, JvmLookups lookups, boolean always)
            throws ReflectiveOperationException {
        jvm.redefineModule(
                InetAddress.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.net", Set.of(FieldHook.class.getModule())),
                Set.of(),
                Map.of());
        return Runtime.version().feature() < 18 ? install17(lookups, always) : ResolverHook.install(always);
    }

    private static @Nullable String install17(JvmLookups lookups, boolean always) throws ReflectiveOperationException {
        Field field = InetAddress.class.getDeclaredField("nameService");
        field.setAccessible(true);
        Object builtin = field.get(null);
        String other = builtin.getClass().getName();
        if (!always && !other.startsWith("java.net.")) {
            return other;
        }
        Class<?> type = field.getType();
        field.set(
                null,
                Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, new FieldHook(lookups, builtin, type)));
        return null;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null) {
            return call(method);
        }
        LookupOrder order = method.getName().equals("lookupAllHostAddr") ? Decided17.ORDER : null;
        return order == null
                ? call(method, arguments)
                : lookups.byName((String) arguments[0], order, new Reflected(method, arguments))
                        .toArray(new InetAddress[0]);
    }

    private @Nullable Object call(Method method, Object... arguments) throws Throwable {
        try {
            return own(method).invoke(builtin, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Method own(Method method) {
        for (Method each : methods) {
            if (each.equals(method)) {
                return each;
            }
        }
        return method; // of Object, so that anybody may call it
    }

    /** What JDK 17 decides once, when its network classes are loaded. */
    private static final class Decided17 {
        /** Null if a security manager keeps it from who looks a name up first: then the built-in resolver stays. */
        static final @Nullable LookupOrder ORDER = order();

        private static @Nullable LookupOrder order() {
            try {
                Field stack = InetAddress.class.getDeclaredField("impl");
                stack.setAccessible(true);
                return LookupOrder.ofProperties(
                        !stack.get(null).getClass().getName().equals("java.net.Inet4AddressImpl"),
                        System.getProperty("java.net.preferIPv6Addresses"));
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }
    }

    /** The method that the JVM called, of the resolver that was there. */
    private final class Reflected implements JvmLookups.Builtin {
        private final Method method;
        private final Object[] arguments;

        Reflected(Method method, Object[] arguments) {
            this.method = method;
            this.arguments = arguments;
        }

        @Override
        public List<InetAddress> byName(String host) throws UnknownHostException {
            Object found = call();
            return found == null ? List.of() : Arrays.asList((InetAddress[]) found);
        }

        private @Nullable Object call() throws UnknownHostException {
            try {
                return FieldHook.this.call(method, arguments);
            } catch (UnknownHostException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw (UnknownHostException) new UnknownHostException(e.toString()).initCause(e);
            }
        }
    }
}
