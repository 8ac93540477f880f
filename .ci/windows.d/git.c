/* git.exe for tests: hands its arguments to the git of the machine that wine runs on. wine starts a program of that machine
   without a handle to wait for and without pipes, so that its streams come back over two connections of this machine: one
   for what goes in and out, one for what it complains and, last, how it ended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsock2.h>
#include <windows.h>

/* The encoding in which wine has the names of the machine. */
#define CP_UNIXCP 65010

static SOCKET talk[2];

static SOCKET listening(int *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = sizeof at;
    SOCKET one = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(one, (struct sockaddr *)&at, size) || listen(one, 2) || getsockname(one, (struct sockaddr *)&at, &size))
        exit(125);
    *port = ntohs(at.sin_port);
    return one;
}

static DWORD WINAPI feed(void *unused)
{
    char bytes[65536];
    DWORD read;
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), bytes, sizeof bytes, &read, NULL) && read)
        for (DWORD sent = 0, now; sent < read; sent += now)
            if ((int)(now = send(talk[0], bytes + sent, read - sent, 0)) <= 0)
                return 0;
    shutdown(talk[0], SD_SEND);
    return 0;
}

static DWORD WINAPI answer(void *unused)
{
    char bytes[65536];
    DWORD written;
    for (int got; (got = recv(talk[0], bytes, sizeof bytes, 0)) > 0;)
        WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), bytes, got, &written, NULL);
    return 0;
}

/* A word for bash: a path of a drive or share is that of the machine, as wine itself knows it. */
static wchar_t *quoted(wchar_t *to, const wchar_t *word)
{
    static char *(CDECL *unix_name)(const wchar_t *);
    static wchar_t path[32768];
    if (!unix_name)
        unix_name = (void *)GetProcAddress(GetModuleHandleW(L"kernel32"), "wine_get_unix_file_name");
    int has_drive = ((word[0] | 32) >= L'a' && (word[0] | 32) <= L'z') && word[1] == L':' && (word[2] == L'\\' || word[2] == L'/');
    char *name = has_drive || !wcsncmp(word, L"\\\\", 2) ? unix_name(word) : NULL;
    if (name && MultiByteToWideChar(CP_UNIXCP, 0, name, -1, path, 32768))
        word = path;
    *to++ = L' ';
    *to++ = L'"';
    for (; *word; word++) {
        if (*word == L'"' || *word == L'\\')
            *to++ = L'\\';
        *to++ = *word;
    }
    *to++ = L'"';
    *to = 0;
    return to;
}

int wmain(int count, wchar_t **words)
{
    static wchar_t line[65536];
    static const wchar_t *script =
        L"exec 3<>/dev/tcp/127.0.0.1/$0 4<>/dev/tcp/127.0.0.1/$0; git \\\"$@\\\" <&3 >&3 2>&4 3>&- 4>&-; printf '%03d' $? >&4";
    WSADATA data;
    int port;
    WSAStartup(MAKEWORD(2, 2), &data);
    SOCKET door = listening(&port);
    wchar_t *end = line + swprintf(line, 65536, L"bash -c \"%ls\" %d", script, port);
    for (int at = 1; at < count; at++)
        end = quoted(end, words[at]);
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION made;
    if (!CreateProcessW(L"Z:\\bin\\bash", line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &made))
        return 126;
    talk[0] = accept(door, NULL, NULL);
    talk[1] = accept(door, NULL, NULL);
    CreateThread(NULL, 0, feed, NULL, 0, NULL);
    HANDLE answered = CreateThread(NULL, 0, answer, NULL, 0, NULL);
    /* The last three bytes are how it ended. */
    char bytes[65536];
    int kept = 0;
    for (int got; (got = recv(talk[1], bytes + kept, sizeof bytes - kept, 0)) > 0;) {
        kept += got;
        if (kept > 3) {
            DWORD written;
            WriteFile(GetStdHandle(STD_ERROR_HANDLE), bytes, kept - 3, &written, NULL);
            memmove(bytes, bytes + kept - 3, 3);
            kept = 3;
        }
    }
    WaitForSingleObject(answered, INFINITE);
    bytes[3] = 0;
    ExitProcess(kept == 3 ? atoi(bytes) : 127);
}
