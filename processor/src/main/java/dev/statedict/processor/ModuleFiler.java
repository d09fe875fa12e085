package dev.statedict.processor;

import java.io.IOException;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;

/**
 * Puts a file beside the class that it is for, in whichever Java module that is. javac wants the module's name where it
 * compiles several at once, and refuses it for a resource where it compiles one, so the file is asked for without it first.
 */
final class ModuleFiler implements Filer {
    private final Filer filer;
    private final Elements elements;
    private boolean moduleWanted;

    ModuleFiler(Filer filer, Elements elements) {
        this.filer = filer;
        this.elements = elements;
    }

    /** Asks for a file by a name that may begin with a module's. */
    private interface Request<F> {
        F file(String prefix) throws IOException;
    }

    private <F> F file(Element[] origins, Request<F> request) throws IOException {
        ModuleElement module = origins.length == 0 ? null : elements.getModuleOf(origins[0]);
        String prefix = module == null || module.isUnnamed() ? "" : module.getQualifiedName() + "/";
        if (!moduleWanted) {
            try {
                return request.file("");
            } catch (FilerException e) {
                if (prefix.isEmpty()) {
                    throw e;
                }
            }
        }
        F file = request.file(prefix);
        moduleWanted = true;
        return file;
    }

    @Override
    public JavaFileObject createSourceFile(CharSequence name, Element... origins) throws IOException {
        return file(origins, prefix -> filer.createSourceFile(prefix + name, origins));
    }

    @Override
    public JavaFileObject createClassFile(CharSequence name, Element... origins) throws IOException {
        return file(origins, prefix -> filer.createClassFile(prefix + name, origins));
    }

    @Override
    public FileObject createResource(
            JavaFileManager.Location location, CharSequence packageName, CharSequence name, Element... origins)
            throws IOException {
        return file(origins, prefix -> filer.createResource(location, prefix + packageName, name, origins));
    }

    @Override
    public FileObject getResource(JavaFileManager.Location location, CharSequence packageName, CharSequence name)
            throws IOException {
        return filer.getResource(location, packageName, name);
    }
}
