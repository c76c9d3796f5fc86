package it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

public class Main {
    public static void main(String[] args) throws IOException {
        if (!System.getenv("EXIT").isEmpty()) {
            System.out.println("the database is not there");
            System.exit(Integer.parseInt(System.getenv("EXIT")));
        }
        String bind = System.getenv("BIND");
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(
                bind.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(bind, port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }
}
