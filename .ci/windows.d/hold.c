/* Opens a file without letting anybody share it, as a virus scanner or Excel does.
   hold FILE MILLISECONDS: once, for so long, after saying "held"; hold FILE until STOP: until a file STOP is there.
   hold FILE loop STOP: again and again until a file STOP is there, with a pause, and says how often. */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

static int is_there(const wchar_t *path)
{
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static HANDLE take(const wchar_t *path)
{
    return CreateFileW(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
}

int wmain(int count, wchar_t **words)
{
    int waits = count == 4 && !wcscmp(words[2], L"until");
    if (count == 3 || waits) {
        HANDLE file = take(words[1]);
        if (file == INVALID_HANDLE_VALUE)
            return 2;
        puts("held");
        fflush(stdout);
        if (!waits)
            Sleep(_wtoi(words[2]));
        while (waits && !is_there(words[3]))
            Sleep(20);
        CloseHandle(file);
        return 0;
    }
    int times = 0;
    while (count == 4 && !is_there(words[3])) {
        HANDLE file = take(words[1]);
        if (file != INVALID_HANDLE_VALUE) {
            char bytes[256];
            DWORD read;
            times += ReadFile(file, bytes, sizeof bytes, &read, NULL) != 0;
            Sleep(2);
            CloseHandle(file);
        }
        Sleep(5);
    }
    printf("%d\n", times);
    return count == 4 ? 0 : 2;
}
