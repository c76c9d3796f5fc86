// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A Spring application with a real server on a free port, started in this JVM; what it logs goes to a file. */
final class Started implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path log;

    /** Nothing but what is there of itself. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] args) {
            SpringApplication.run(Application.class, args);
        }
    }

    private Started(ConfigurableApplicationContext context, Path log) {
        this.context = context;
        this.log = log;
    }

    static Started with(Path directory, String... properties) {
        return listenedTo(event -> {}, directory, properties);
    }

    /** As {@link #with}; the listener is told what Spring Boot tells on the way. */
    static Started listenedTo(
            ApplicationListener<SpringApplicationEvent> listener, Path directory, String... properties) {
        Path log = directory.resolve("application.log");
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--logging.file.name=" + log,
                "--spring.main.banner-mode=off",
                "--management.endpoints.web.exposure.include=health",
                "--management.endpoint.health.show-details=always"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        SpringApplication application = new SpringApplication(Application.class);
        application.setRegisterShutdownHook(false);
        application.addListeners(listener);
        return new Started(application.run(arguments.toArray(String[]::new)), log);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** What was logged, once the check at the start has ended. */
    String log() throws IOException, InterruptedException {
        for (Thread thread : checks()) {
            thread.join();
        }
        return Files.readString(log);
    }

    /** The threads that check. */
    static List<Thread> checks() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(StartCheck.THREAD))
                .toList();
    }

    int port(String server) {
        return context.getEnvironment().getRequiredProperty("local." + server + ".port", Integer.class);
    }

    Answer get(String server, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port(server) + path);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    record Answer(int status, String body) {
        Object json(String... path) {
            Object value = JsonParserFactory.getJsonParser().parseMap(body);
            for (String name : path) {
                value = ((Map<?, ?>) value).get(name);
            }
            return value;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
